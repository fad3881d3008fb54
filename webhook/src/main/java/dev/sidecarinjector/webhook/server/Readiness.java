package dev.sidecarinjector.webhook.server;

/** Whether the server may be sent reviews: the configuration is loaded, the port listens, the warm-up is over. */
public final class Readiness {
    private volatile boolean ready;

    /** What has to be there. */
    public enum Part {
        WARM_UP, CONFIGURATION, CERTIFICATE, REGISTRATION, CLUSTER, STOPPING
    }

    /** How a part is: as it should be, worse but serving, or in the way of serving. */
    public enum State {
        OK, DEGRADED, NOT_READY
    }

    void declare() {
        ready = true;
    }

    boolean isDeclared() {
        return ready;
    }
}
