package dev.sidecarinjector.webhook.server;

/** Whether the server may be sent reviews: the configuration is loaded, the port listens, the warm-up is over. */
final class Readiness {
    private volatile boolean ready;

    void declare() {
        ready = true;
    }

    boolean isDeclared() {
        return ready;
    }
}
