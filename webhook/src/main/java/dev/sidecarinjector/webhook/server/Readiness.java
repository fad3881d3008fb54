package dev.sidecarinjector.webhook.server;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Whether the server may be sent reviews, and why not: each part of the program reports its own state. A part that nobody reports does not count, so
 * whoever will report a part says NOT_READY before the server starts.
 */
public final class Readiness {
    /** What readiness is made of. */
    public enum Part {
        /** The program's code is loaded and compiled. */
        WARM_UP,
        /** Templates, values and mesh settings. */
        CONFIGURATION,
        /** What the port shows, and whether the API server trusts it. */
        CERTIFICATE,
        /** The webhook's registration with the API server. */
        REGISTRATION,
        /** Namespaces, nodes and ProxyConfigs. */
        CLUSTER,
        /** The server ends. */
        STOPPING;

        private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a part says of itself. */
    public enum State {
        OK("ok"),
        /** To be seen, but reviews can be answered. */
        DEGRADED("degraded"), NOT_READY("not ready");

        private final String label;

        State(String label) {
            this.label = label;
        }
    }

    private record Report(State state, String detail) {}

    private final Map<Part, Report> reports = new ConcurrentSkipListMap<>();

    /**
     * Replaces what the part said before.
     *
     * @param detail one clause for a person, or empty; no secrets: anyone may read it
     */
    public void report(Part part, State state, String detail) {
        reports.put(part, new Report(state, detail));
    }

    void declare() {
        report(Part.WARM_UP, State.OK, "");
    }

    boolean isDeclared() {
        return reports.containsKey(Part.WARM_UP) && isReady();
    }

    /** Whether no part is NOT_READY. */
    public boolean isReady() {
        return reports.values().stream().noneMatch(report -> report.state == State.NOT_READY);
    }

    /** One line for the whole, then one for each part that reported, in the order of the enum. */
    String text() {
        StringBuilder text = new StringBuilder(isReady() ? "ready\n" : "not ready\n");
        reports.forEach((part, report) -> {
            text.append(part.label).append(": ").append(report.state.label);
            text.append(report.detail.isEmpty() ? "" : ", " + report.detail).append('\n');
        });
        return text.toString();
    }
}
