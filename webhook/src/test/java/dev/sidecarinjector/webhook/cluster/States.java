package dev.sidecarinjector.webhook.cluster;

import dev.sidecarinjector.webhook.server.Readiness.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Remembers what readiness was told. */
public final class States implements BiConsumer<State, String> {
    private final List<Told> all = new CopyOnWriteArrayList<>();

    /** One report. */
    public record Told(State state, String detail) {}

    @Override
    public void accept(State state, String detail) {
        all.add(new Told(state, detail));
    }

    /** The last state, or null before the first. */
    public State state() {
        return all.isEmpty() ? null : all.getLast().state();
    }

    /** The last detail. */
    public String detail() {
        return all.isEmpty() ? "" : all.getLast().detail();
    }
}
