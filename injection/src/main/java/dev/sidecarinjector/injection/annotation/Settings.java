package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.annotation.Setting.Kind;
import dev.sidecarinjector.injection.annotation.Setting.Reader;
import dev.sidecarinjector.injection.annotation.Setting.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one table of annotations, labels and environment variables (spec sections 2.3, 5). */
public final class Settings {
    private static final List<Setting> ALL = all();
    private static final Map<String, Setting> ANNOTATIONS = index(Kind.ANNOTATION);
    private static final Map<String, Setting> LABELS = index(Kind.LABEL);

    private Settings() {}

    /** All rows: annotations, labels, environment; within each in the order in which people look for them. */
    public static List<Setting> table() {
        return ALL;
    }

    static @Nullable Setting annotation(String name) {
        return ANNOTATIONS.get(name);
    }

    static @Nullable Setting label(String name) {
        return LABELS.get(name);
    }

    private static Map<String, Setting> index(Kind kind) {
        Map<String, Setting> index = new HashMap<>();
        for (Setting setting : ALL) {
            if (setting.kind() == kind) {
                index.put(setting.name(), setting);
            }
        }
        return index;
    }

    private static List<Setting> all() {
        List<Setting> rows = new ArrayList<>(90);
        AnnotationTable.addTo(rows);
        addLabels(rows);
        addEnvironment(rows);
        return List.copyOf(rows);
    }

    private static void addLabels(List<Setting> rows) {
        label(rows, "sidecar.istio.io/inject", "", Rule.SWITCH, Reader.ENGINE,
                "Whether the pod is injected; wins over the annotation of the same name, also when empty.");
        label(rows, "topology.istio.io/network", "`global.network` of the values", Rule.ANY, Reader.ENGINE,
                "The network that the pod is in; written where it is not set.");
        label(rows, "security.istio.io/tlsMode", "istio", Rule.ANY, Reader.TEMPLATE,
                "Whether others speak mutual TLS to the pod; written where it is not set.");
        label(rows, "networking.istio.io/tunnel", "http", Rule.ANY, Reader.TEMPLATE,
                "The tunnel protocol, where the proxy's metadata turn on HBONE; written where it is not set.");
        label(rows, "service.istio.io/canonical-name", "`app.kubernetes.io/name`, `app`, the owner's name", Rule.ANY, Reader.TEMPLATE,
                "The service that telemetry counts the pod to; written where it is not set.");
        label(rows, "service.istio.io/canonical-revision", "`app.kubernetes.io/version`, `version`, `latest`", Rule.ANY,
                Reader.TEMPLATE, "The version that telemetry counts the pod to; written where it is not set.");
        label(rows, "service.istio.io/workload-name", "the owner's name", Rule.ANY, Reader.TEMPLATE,
                "The workload's name in telemetry.");
        label(rows, "app.kubernetes.io/name", "", Rule.ANY, Reader.TEMPLATE, "Second choice for the canonical name.");
        label(rows, "app", "", Rule.ANY, Reader.TEMPLATE, "Third choice for the canonical name.");
        label(rows, "app.kubernetes.io/version", "", Rule.ANY, Reader.TEMPLATE, "Second choice for the canonical revision.");
        label(rows, "version", "", Rule.ANY, Reader.TEMPLATE, "Third choice for the canonical revision.");
        label(rows, "pod-template-hash", "", Rule.ANY, Reader.ENGINE, "Tells the Deployment behind a ReplicaSet.");
        label(rows, "rollouts-pod-template-hash", "", Rule.ANY, Reader.ENGINE, "Tells the Rollout behind a ReplicaSet.");
        label(rows, "deploymentconfig", "", Rule.ANY, Reader.ENGINE, "Tells the DeploymentConfig behind a ReplicationController.");
        label(rows, "istio.io/rev", "", Rule.ANY, Reader.OTHERS,
                "The revision of the control plane; the API server chooses the webhook by it.");
    }

    private static void addEnvironment(List<Setting> rows) {
        variable(rows, "ENABLE_NATIVE_SIDECARS", "auto",
                "Whether the proxy runs as a native sidecar: `true`, `false`, or `auto` to ask the nodes; another text counts as `false`.");
        variable(rows, "COMPLIANCE_POLICY", "", "A compliance policy that the templates pass on to the proxy, such as `fips-140-2`.");
        variable(rows, "PLATFORM", "", "With `openshift` the proxy's user and group come from the namespace's annotations.");
        variable(rows, "INJECT_ENABLED", "true", "With `false` the webhook is not started.");
        variable(rows, "POD_NAMESPACE", "istio-system",
                "The webhook's own namespace, for the names in a certificate that it makes itself.");
        variable(rows, "INJECTION_WEBHOOK_CONFIG_NAME", "istio-sidecar-injector",
                "Not read: which registrations are kept is a matter of `--registration-dir`, and with it of the chart.");
    }

    private static void label(List<Setting> rows, String name, String fallback, Rule rule, Reader reader, String help) {
        rows.add(new Setting(name, Kind.LABEL, fallback, rule, reader, help));
    }

    private static void variable(List<Setting> rows, String name, String fallback, String help) {
        rows.add(new Setting(name, Kind.ENVIRONMENT, fallback, Rule.ANY, Reader.ENGINE, help));
    }
}
