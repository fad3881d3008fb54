package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes the port on which the proxy serves merged metrics over TLS, where it has one (spec 12.4). */
public final class SecureMetricsPort implements Transform {
    static final String VARIABLE = "ENVOY_SECURE_MERGED_METRICS_PORT";

    @Override
    public void apply(PodDraft draft) {
        ObjectNode annotations = draft.annotations();
        String port = port(draft.proxy());
        if (port != null && PrometheusAnnotations.key(annotations, PrometheusAnnotations.SECURE_PORT) == null) {
            annotations.put(PrometheusAnnotations.SECURE_PORT, port);
        }
    }

    private static @Nullable String port(@Nullable ObjectNode proxy) {
        ArrayNode env = PodTree.list(proxy, "env");
        for (int i = 0; env != null && i < env.size(); i++) {
            if (VARIABLE.equals(PodTree.text(env.get(i), PodTree.NAME))) {
                String value = PodTree.text(env.get(i), "value");
                if (value != null && !value.isEmpty() && !value.equals("0")) {
                    return value;
                }
            }
        }
        return null;
    }
}
