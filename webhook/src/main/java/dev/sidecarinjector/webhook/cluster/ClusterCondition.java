package dev.sidecarinjector.webhook.cluster;

import dev.sidecarinjector.webhook.server.Readiness.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sums up what of the cluster can be seen, for readiness and the log: each change once. */
public final class ClusterCondition {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterCondition.class);

    private final BiConsumer<State, String> report;
    private final Map<String, Sight> sights = new TreeMap<>();
    private boolean patient = true;

    /** How one kind of resources is seen. */
    private record Sight(Clarity clarity, String problem) {}

    private enum Clarity {
        /** Not seen yet, and perhaps soon. */
        AWAITED,
        /** Seen, and kept up to date. */
        CLEAR,
        /** Seen once; now what is remembered holds. */
        REMEMBERED,
        /** Will not be seen before somebody changes a permission. */
        DENIED
    }

    /** @param report takes the state of the readiness' part CLUSTER with a detail */
    public ClusterCondition(BiConsumer<State, String> report) {
        this.report = report;
    }

    /** From now on what has not been seen yet is no reason to wait. */
    public synchronized void loseThePatience() {
        patient = false;
        tell();
    }

    /** Whether everything was seen, or is known to stay unseen. */
    public synchronized boolean isSettled() {
        return sights.values().stream().noneMatch(sight -> sight.clarity == Clarity.AWAITED);
    }

    /** What is in the way of seeing this, as a clause; empty where nothing is. */
    public synchronized String about(String what) {
        Sight sight = sights.get(what);
        return sight == null ? "" : sight.problem;
    }

    synchronized void awaited(String what) {
        put(what, new Sight(Clarity.AWAITED, "not listed yet"));
    }

    synchronized void clear(String what) {
        put(what, new Sight(Clarity.CLEAR, ""));
    }

    synchronized void denied(String what, String problem) {
        put(what, new Sight(Clarity.DENIED, problem));
    }

    synchronized void failed(String what, String problem) {
        Sight before = sights.get(what);
        boolean seenOnce = before != null && (before.clarity == Clarity.CLEAR || before.clarity == Clarity.REMEMBERED);
        put(what, new Sight(seenOnce ? Clarity.REMEMBERED : Clarity.AWAITED, problem));
    }

    private void put(String what, Sight sight) {
        Sight before = sights.put(what, sight);
        if (sight.equals(before)) {
            return;
        }
        if (before != null && (before.clarity != sight.clarity || before.problem.equals("not listed yet"))) {
            log(what, sight);
        }
        tell();
        notifyAll();
    }

    private static void log(String what, Sight sight) {
        switch (sight.clarity) {
            case CLEAR -> LOG.info("Watching {}", what);
            case REMEMBERED -> LOG.warn("{} cannot be watched: {}; what was seen last is used", what, sight.problem);
            case AWAITED, DENIED -> LOG.warn("{} cannot be watched: {}", what, sight.problem);
        }
    }

    private void tell() {
        List<String> problems = new ArrayList<>();
        boolean awaited = false;
        for (var entry : sights.entrySet()) {
            Sight sight = entry.getValue();
            awaited |= sight.clarity == Clarity.AWAITED;
            if (sight.clarity != Clarity.CLEAR) {
                problems.add(entry.getKey() + ": " + sight.problem
                        + (sight.clarity == Clarity.REMEMBERED ? "; what was seen last is used" : ""));
            }
        }
        State state = problems.isEmpty() ? State.OK : awaited && patient ? State.NOT_READY : State.DEGRADED;
        report.accept(state, problems.isEmpty() ? "everything is watched" : String.join("; ", problems));
    }

    /** Waits until everything is settled, at most so many milliseconds; then patience is over. */
    synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !isSettled(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        loseThePatience();
    }
}
