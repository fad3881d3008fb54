package dev.sidecarinjector.injection.podsecurity;

import dev.sidecarinjector.injection.podsecurity.PodSecurity.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the standard {@code restricted} demands beyond {@code baseline}, as Kubernetes 1.34 documents it. */
final class Restricted {
    private static final Set<String> VOLUMES = Set.of("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
            "projected", "secret");
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

    private final Fields fields;

    Restricted(JsonNode spec, List<Violation> violations) {
        fields = new Fields(spec, violations);
    }

    void check() {
        for (JsonNode volume : fields.spec().path("volumes")) {
            for (Map.Entry<String, JsonNode> source : Fields.members(volume)) {
                if (!source.getKey().equals("name") && !source.getValue().isNull() && !VOLUMES.contains(source.getKey())) {
                    fields.report("Volume Types", "spec.volumes[" + volume.path("name").asString("") + "]." + source.getKey(),
                            source.getValue());
                }
            }
        }
        JsonNode pod = fields.spec().path("securityContext");
        fields.containers((where, container) -> {
            JsonNode own = container.path("securityContext");
            String context = where + ".securityContext";
            JsonNode nonRoot = Fields.unset(own.path("runAsNonRoot")) ? pod.path("runAsNonRoot") : own.path("runAsNonRoot");
            if (Fields.notTrue(nonRoot)) {
                fields.report("Running as Non-root", context + ".runAsNonRoot", nonRoot);
            }
            if (!fields.isWindows()) {
                linux(context, own, pod);
            }
        });
        fields.contexts("Running as Non-root user", node -> Fields.unset(node) || node.asLong(0) != 0, "runAsUser");
    }

    private void linux(String context, JsonNode own, JsonNode pod) {
        fields.expect("Privilege Escalation", context, own, node -> node.isBoolean() && !node.booleanValue(), "allowPrivilegeEscalation");
        JsonNode seccomp = own.path("seccompProfile").path("type");
        seccomp = Fields.unset(seccomp) ? pod.path("seccompProfile").path("type") : seccomp;
        if (!PROFILES.contains(seccomp.asString(""))) {
            fields.report("Seccomp", context + ".seccompProfile.type", seccomp);
        }
        JsonNode capabilities = own.path("capabilities");
        boolean dropsAll = false;
        for (JsonNode capability : capabilities.path("drop")) {
            dropsAll |= capability.asString("").equals("ALL");
        }
        if (!dropsAll) {
            fields.report("Capabilities", context + ".capabilities.drop", capabilities.path("drop"));
        }
        for (JsonNode capability : capabilities.path("add")) {
            if (!capability.asString("").equals("NET_BIND_SERVICE")) {
                fields.report("Capabilities", context + ".capabilities.add", capability);
            }
        }
    }
}
