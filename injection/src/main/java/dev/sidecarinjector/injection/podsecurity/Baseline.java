package dev.sidecarinjector.injection.podsecurity;

import dev.sidecarinjector.injection.podsecurity.PodSecurity.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The standard {@code baseline}, control by control, as Kubernetes 1.34 documents it. */
final class Baseline {
    private static final Set<String> CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
            "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");
    private static final Set<String> SYSCTLS = Set.of("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes");
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HOOKS = List.of("postStart", "preStop");
    private static final String HOST_PROBES = "Host Probes / Lifecycle Hooks";

    private final JsonNode annotations;
    private final Fields fields;

    Baseline(JsonNode pod, List<Violation> violations) {
        annotations = pod.path("metadata").path("annotations");
        fields = new Fields(pod.path("spec"), violations);
    }

    void check() {
        host();
        fields.containerContexts("Privileged Containers", Fields::notTrue, "privileged");
        fields.containers((where, container) -> {
            for (JsonNode capability : container.path("securityContext").path("capabilities").path("add")) {
                if (!CAPABILITIES.contains(capability.asString(""))) {
                    fields.report("Capabilities", where + ".securityContext.capabilities.add", capability);
                }
            }
            for (JsonNode port : container.path("ports")) {
                if (port.path("hostPort").asLong(0) != 0) {
                    fields.report("Host Ports", where + ".ports.hostPort", port.path("hostPort"));
                }
            }
            probes(where, container);
        });
        for (JsonNode volume : fields.spec().path("volumes")) {
            if (!Fields.unset(volume.path("hostPath"))) {
                fields.report("HostPath Volumes", "spec.volumes[" + volume.path("name").asString("") + "].hostPath",
                        volume.path("hostPath"));
            }
        }
        profiles();
        for (JsonNode sysctl : fields.spec().path("securityContext").path("sysctls")) {
            if (!SYSCTLS.contains(sysctl.path("name").asString(""))) {
                fields.report("Sysctls", "spec.securityContext.sysctls", sysctl.path("name"));
            }
        }
    }

    private void host() {
        fields.contexts("HostProcess", Fields::notTrue, "windowsOptions", "hostProcess");
        for (String name : List.of("hostNetwork", "hostPID", "hostIPC")) {
            fields.expect("Host Namespaces", "spec", fields.spec(), Fields::notTrue, name);
        }
    }

    /** A probe that goes elsewhere than to the pod makes the kubelet a proxy into the node's network. */
    private void probes(String where, JsonNode container) {
        for (String probe : PROBES) {
            action(where + "." + probe, container.path(probe));
        }
        for (String hook : HOOKS) {
            action(where + ".lifecycle." + hook, container.path("lifecycle").path(hook));
        }
    }

    private void action(String where, JsonNode action) {
        for (String kind : List.of("httpGet", "tcpSocket")) {
            fields.expect(HOST_PROBES, where, action, Fields.unsetOr(""), kind, "host");
        }
    }

    private void profiles() {
        fields.contexts("AppArmor", Fields.unsetOr("RuntimeDefault", "Localhost"), "appArmorProfile", "type");
        for (Map.Entry<String, JsonNode> annotation : Fields.members(annotations)) {
            String value = annotation.getValue().asString("");
            if (annotation.getKey().startsWith(APP_ARMOR) && !value.isEmpty() && !value.equals("runtime/default")
                    && !value.startsWith("localhost/")) {
                fields.report("AppArmor", "metadata.annotations[" + annotation.getKey() + "]", annotation.getValue());
            }
        }
        fields.contexts("SELinux", Fields.unsetOr("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"),
                "seLinuxOptions", "type");
        fields.contexts("SELinux", Fields.unsetOr(""), "seLinuxOptions", "user");
        fields.contexts("SELinux", Fields.unsetOr(""), "seLinuxOptions", "role");
        fields.containerContexts("/proc Mount Type", Fields.unsetOr("Default"), "procMount");
        fields.contexts("Seccomp", Fields.unsetOr("RuntimeDefault", "Localhost"), "seccompProfile", "type");
    }
}
