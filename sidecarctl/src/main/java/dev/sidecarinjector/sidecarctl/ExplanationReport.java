package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.explanation.Explanation;
import dev.sidecarinjector.injection.registration.Admission;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An explanation with what it is about.
 *
 * @param title        {@code Deployment "shop/web"}
 * @param proxyConfigs resources that hold for the pod; a later one wins
 * @param isPod        whether it is a pod itself, so that a record of an injection tells what happened to it
 */
record ExplanationReport(String place, String title, Admission admission, Explanation explanation, Surroundings.Origins origins,
        List<ObjectNode> proxyConfigs, boolean isPod) {
    /** {@code namespace/name} of a resource. */
    static String name(ObjectNode resource) {
        return resource.path("metadata").path("namespace").asString("") + "/" + resource.path("metadata").path("name").asString("");
    }

    /** Why it is so, in a clause. */
    String because() {
        return switch (explanation.verdict()) {
            case NOT_INJECTED -> explanation.asked() == Truth.NO
                    ? "the API server does not ask the injector"
                    : explanation.injection().decision().reason().sentence();
            case UNKNOWN -> "it cannot be said whether the API server asks the injector";
            case INJECTED, REFUSED -> explanation.injection().decision().reason().sentence();
        };
    }
}
