package dev.sidecarinjector.webhook.event;

import io.fabric8.kubernetes.api.model.ObjectReference;

/** Takes what is worth an Event in the cluster. Never waits and never fails: an Event that cannot be written is lost. */
@FunctionalInterface
public interface Events {
    /** Where there is no cluster. */
    Events NONE = (_, _, _, _) -> {};

    /** The types that Kubernetes knows. */
    enum Type {
        NORMAL("Normal"), WARNING("Warning");

        private final String spelling;

        Type(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    /**
     * Reports something about an object.
     *
     * @param about  the object; without a namespace it counts as one of the whole cluster
     * @param reason one word in CamelCase: {@code Injected}
     * @param note   a sentence for people
     */
    void report(ObjectReference about, Type type, String reason, String note);
}
