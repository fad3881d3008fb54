package dev.sidecarinjector.webhook.event;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.Review.Question;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events about admissions, on the controller that makes the pods: a refused pod never exists, and its ReplicaSet or Job is where people look
 * why.
 *
 * <p>
 * A pod without a controller gets none: its author has the API server's answer in hand, and the pod has no uid yet that an Event could name.
 * Skipping is worth an Event only where somebody will wonder: the pod has an inject label or annotation that does not say false, or a rule
 * stood in the way that the pod's author did not write.
 */
public final class AdmissionEvents implements AdmissionObserver {
    private static final String SWITCH = "sidecar.istio.io/inject";

    private final Events events;

    public AdmissionEvents(Events events) {
        this.events = events;
    }

    @Override
    public void answered(Question question, Answer answer) {
        Reason reason = answer.reason();
        if (reason == null || question.dryRun()) {
            return;
        }
        ObjectReference owner = controller(question);
        if (owner == null) {
            return;
        }
        if (reason.isFailure()) {
            String problem = answer.problem();
            events.report(owner, Events.Type.WARNING, "InjectionFailed",
                    "Pod refused because " + reason.sentence() + (problem == null ? "" : ": " + problem));
            return;
        }
        switch (reason.verdict()) {
            case INJECT -> events.report(owner, Events.Type.NORMAL, "Injected", "Sidecar injected: " + reason.sentence());
            case SKIP -> {
                if (isSurprising(reason) || isAskedFor(question.pod())) {
                    events.report(owner, reason == Reason.POLICY_UNKNOWN ? Events.Type.WARNING : Events.Type.NORMAL, "InjectionSkipped",
                            "No sidecar injected: " + reason.sentence());
                }
            }
            case UNDECIDED -> {
            }
        }
    }

    /** Rules that are not in the pod's own switch. A namespace of the system and a policy that waits to be asked surprise nobody. */
    private static boolean isSurprising(Reason reason) {
        return switch (reason) {
            case HOST_NETWORK, NEVER_SELECTOR, POLICY_UNKNOWN -> true;
            default -> false;
        };
    }

    private static boolean isAskedFor(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode label = metadata.path("labels").path(SWITCH);
        String asked = (label.isMissingNode() ? metadata.path("annotations").path(SWITCH) : label).asString("");
        return !asked.isEmpty() && !asked.equals("false");
    }

    private static @Nullable ObjectReference controller(Question question) {
        for (JsonNode owner : question.pod().path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                return new ObjectReferenceBuilder()
                        .withApiVersion(owner.path("apiVersion").asString(""))
                        .withKind(owner.path("kind").asString(""))
                        .withName(owner.path("name").asString(""))
                        .withUid(owner.path("uid").asString(""))
                        .withNamespace(question.podNamespace())
                        .build();
            }
        }
        return null;
    }
}
