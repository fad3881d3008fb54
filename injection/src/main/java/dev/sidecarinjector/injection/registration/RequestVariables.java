package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Variable;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What match conditions may ask about, as far as it is known away from the API server. */
final class RequestVariables {
    /** Fields that nobody fills in where an author left them out. */
    private static final Set<String> NEVER_FILLED_IN = Set.of("metadata.labels", "metadata.annotations", "metadata.ownerReferences",
            "spec.hostNetwork", "spec.hostPID", "spec.hostIPC", "spec.nodeSelector", "spec.affinity", "spec.initContainers",
            "spec.hostname", "spec.subdomain");

    private RequestVariables() {}

    static Map<String, Variable> of(Admission admission) {
        Variable object = new Variable(admission.pod(),
                (path, missing) -> admission.complete() || path.equals("metadata.labels") || path.equals("metadata.annotations")
                        || NEVER_FILLED_IN.contains(path + "." + missing));
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("operation", "CREATE");
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.putObject("requestKind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("requestResource").put("group", "").put("version", "v1").put("resource", "pods");
        if (!admission.namespace().isEmpty()) {
            request.put("namespace", admission.namespace());
        }
        return Map.of("object", object, "oldObject", Variable.whole(NullNode.getInstance()), "request",
                new Variable(request, (path, _) -> !path.isEmpty()));
    }
}
