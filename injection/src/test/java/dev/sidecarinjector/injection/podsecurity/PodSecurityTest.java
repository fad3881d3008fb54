package dev.sidecarinjector.injection.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.podsecurity.PodSecurity.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Allowed and forbidden values of every control in Kubernetes' page "Pod Security Standards" (1.34). */
class PodSecurityTest {
    private static final String RESTRICTED = "{allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]},"
            + " seccompProfile: {type: RuntimeDefault}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"hostNetwork: true", "hostPID: true", "hostIPC: true",
            "securityContext: {windowsOptions: {hostProcess: true}}",
            "containers: [{name: a, securityContext: {windowsOptions: {hostProcess: true}}}]",
            "containers: [{name: a, securityContext: {privileged: true}}]",
            "initContainers: [{name: a, securityContext: {privileged: true}}]",
            "ephemeralContainers: [{name: a, securityContext: {privileged: true}}]",
            "containers: [{name: a, securityContext: {capabilities: {add: [NET_ADMIN]}}}]",
            "containers: [{name: a, securityContext: {capabilities: {add: [CHOWN, NET_RAW]}}}]",
            "volumes: [{name: v, hostPath: {path: /}}]", "containers: [{name: a, ports: [{containerPort: 80, hostPort: 80}]}]",
            "containers: [{name: a, livenessProbe: {httpGet: {port: 1, host: example.org}}}]",
            "containers: [{name: a, startupProbe: {tcpSocket: {port: 1, host: 127.0.0.1}}}]",
            "containers: [{name: a, lifecycle: {preStop: {httpGet: {port: 1, host: x}}}}]",
            "securityContext: {appArmorProfile: {type: Unconfined}}",
            "containers: [{name: a, securityContext: {appArmorProfile: {type: Unconfined}}}]",
            "securityContext: {seLinuxOptions: {type: spc_t}}", "securityContext: {seLinuxOptions: {user: u}}",
            "containers: [{name: a, securityContext: {seLinuxOptions: {role: r}}}]",
            "containers: [{name: a, securityContext: {procMount: Unmasked}}]", "securityContext: {seccompProfile: {type: Unconfined}}",
            "containers: [{name: a, securityContext: {seccompProfile: {type: Unconfined}}}]",
            "securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}"})
    void whatBaselineForbidsIsPrivileged(String spec) {
        PodSecurity security = of(spec);
        assertThat(security.level()).isEqualTo(Level.PRIVILEGED);
        assertThat(security.violations()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"containers: [{name: a}]", "hostNetwork: false",
            "containers: [{name: a, securityContext: {capabilities: {add: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD,"
                    + " NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]}}}]",
            "containers: [{name: a, ports: [{containerPort: 80, hostPort: 0}]}]",
            "containers: [{name: a, livenessProbe: {httpGet: {port: 1, host: ''}}}]",
            "securityContext: {appArmorProfile: {type: Localhost}}", "securityContext: {seLinuxOptions: {type: container_engine_t}}",
            "containers: [{name: a, securityContext: {procMount: Default}}]", "securityContext: {seccompProfile: {type: Localhost}}",
            "securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '0'}, {name: net.ipv4.tcp_keepalive_probes, value: '1'}]}"})
    void whatBaselineAllowsIsBaseline(String spec) {
        assertThat(of(spec).level()).isEqualTo(Level.BASELINE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"securityContext: {runAsNonRoot: true}|{runAsNonRoot: null}",
            "securityContext: {seccompProfile: {type: RuntimeDefault}}|{seccompProfile: null}", "securityContext: {runAsUser: 7}|{}",
            "volumes: [{name: a, emptyDir: {}}, {name: b, secret: {}}, {name: c, csi: {driver: d}}, {name: d, ephemeral: {}}, {name: e, projected: {}},"
                    + " {name: f, configMap: {}}, {name: g, downwardAPI: {}}, {name: h, persistentVolumeClaim: {}}, {name: bare}]|{}",
            "hostNetwork: false|{capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}",
            "os: {name: windows}|{allowPrivilegeEscalation: null,"
                    + " capabilities: null, seccompProfile: null}"})
    void whatRestrictedAllowsIsRestricted(String spec, String change) {
        PodSecurity security = hardened(spec, change);
        assertThat(security.violations()).isEmpty();
        assertThat(security.level()).isEqualTo(Level.RESTRICTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"hostNetwork: false|{allowPrivilegeEscalation: null}|Privilege Escalation",
            "hostNetwork: false|{allowPrivilegeEscalation: true}|Privilege Escalation",
            "hostNetwork: false|{runAsNonRoot: null}|Running as Non-root",
            "securityContext: {runAsNonRoot: true}|{runAsNonRoot: false}|Running as Non-root",
            "securityContext: {runAsUser: 0}|{}|Running as Non-root user", "hostNetwork: false|{runAsUser: 0}|Running as Non-root user",
            "hostNetwork: false|{seccompProfile: null}|Seccomp", "hostNetwork: false|{capabilities: {drop: [NET_RAW]}}|Capabilities",
            "hostNetwork: false|{capabilities: null}|Capabilities",
            "hostNetwork: false|{capabilities: {drop: [ALL], add: [CHOWN]}}|Capabilities",
            "volumes: [{name: n, nfs: {server: s, path: /}}]|{}|Volume Types",
            "os: {name: windows}|{runAsNonRoot: null}|Running as Non-root"})
    void whatRestrictedForbidsIsBaseline(String spec, String change, String control) {
        PodSecurity security = hardened(spec, change);
        assertThat(security.level()).isEqualTo(Level.BASELINE);
        assertThat(security.violations()).singleElement().satisfies(violation -> assertThat(violation.control()).isEqualTo(control));
    }

    @Test
    void annotationsOfAppArmorCountToo() {
        String pod = "{metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/a: %s}}, spec: {containers: [{name: a}]}}";
        assertThat(PodSecurity.of(YamlTrees.read(pod.formatted("unconfined"))).level()).isEqualTo(Level.PRIVILEGED);
        assertThat(PodSecurity.of(YamlTrees.read(pod.formatted("localhost/x"))).level()).isEqualTo(Level.BASELINE);
    }

    /** The rules of Kubernetes' page "Pod Quality of Service Classes"; init containers count. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"containers: [{name: a}]|BestEffort", "containers: [{name: a, resources: {}}]|BestEffort",
            "containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]|Guaranteed",
            "containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}}]|Guaranteed",
            "containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}}}]|Burstable",
            "containers: [{name: a, resources: {limits: {memory: 1Gi}}}]|Burstable",
            "containers: [{name: a, resources: {requests: {cpu: 1}}}]|Burstable",
            "containers: [{name: a, resources: {requests: {example.org/gpu: 1}}}]|BestEffort",
            "containers: [{name: a, resources: {requests: {cpu: 0}}}]|BestEffort",
            "containers: [{name: a, resources: {limits: {cpu: 1, memory: 1e9}}}, {name: b}]|Burstable",
            "{containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}], initContainers: [{name: i}]}|Burstable"})
    void theQualityOfServiceFollowsRequestsAndLimits(String spec, String expected) {
        assertThat(QosClass.of(YamlTrees.read(spec)).spelling()).isEqualTo(expected);
    }

    private static PodSecurity of(String spec) {
        return PodSecurity
                .of(YamlTrees.read("{spec: {" + spec + (spec.startsWith("containers") ? "" : ", containers: [{name: a}]") + "}}"));
    }

    private static PodSecurity hardened(String spec, String change) {
        ObjectNode pod = (ObjectNode) YamlTrees
                .read("{spec: {" + spec + ", containers: [{name: a, securityContext: " + RESTRICTED + "}]}}");
        ObjectNode context = (ObjectNode) pod.at("/spec/containers/0/securityContext");
        YamlTrees.read(change).properties().forEach(field -> {
            if (field.getValue().isNull()) {
                context.remove(field.getKey());
            } else {
                context.set(field.getKey(), field.getValue());
            }
        });
        return PodSecurity.of(pod);
    }
}
