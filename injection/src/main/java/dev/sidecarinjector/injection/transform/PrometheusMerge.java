package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lets Prometheus scrape the agent, which adds the application's metrics to the proxy's (spec 12.3). */
public final class PrometheusMerge implements Transform {
    static final String VARIABLE = "ISTIO_PROMETHEUS_ANNOTATIONS";
    static final String SWITCH = "prometheus.istio.io/merge-metrics";

    @Override
    public void apply(PodDraft draft) {
        ObjectNode annotations = draft.annotations();
        if (Boolean.FALSE.equals(GoBoolean.parse(PrometheusAnnotations.value(annotations, PrometheusAnnotations.SCRAPE)))) {
            PrometheusAnnotations.warnOfRivals(draft, annotations);
            return;
        }
        if (!enabled(draft.circumstances().mesh().enablePrometheusMerge(), draft.annotation(SWITCH))) {
            return;
        }
        int agentPort = draft.circumstances().mesh().defaultConfig().statusPort();
        if (Integer.toString(agentPort).equals(PrometheusAnnotations.value(annotations, PrometheusAnnotations.PORT))) {
            return;
        }
        ObjectNode before = mergedBefore(draft);
        PrometheusAnnotations.warnOfRivals(draft, annotations);
        if (before == null) {
            tellAgent(draft, annotations, agentPort);
        }
        PrometheusAnnotations.remove(annotations);
        if (before != null) {
            PrometheusAnnotations.copy(before, annotations);
        }
        annotations.put(PrometheusAnnotations.PORT, Integer.toString(agentPort));
        annotations.put(PrometheusAnnotations.PATH, PrometheusAnnotations.MERGED_PATH);
        annotations.put(PrometheusAnnotations.SCRAPE, "true");
    }

    /** Whether metrics are merged: the annotation decides, then the mesh; where neither says anything they are. */
    public static boolean enabled(@Nullable Boolean mesh, @Nullable String annotation) {
        Boolean asked = GoBoolean.parse(annotation);
        return asked != null ? asked : mesh == null || mesh;
    }

    /** The annotations as they came, where an earlier injection wrote them: what a template says anew must not be taken for the author's. */
    private static @Nullable ObjectNode mergedBefore(PodDraft draft) {
        if (draft.receivedStatus() == null) {
            return null;
        }
        ObjectNode received = PodTree.object(draft.received().get(PodTree.METADATA), "annotations");
        return PrometheusAnnotations.MERGED_PATH.equals(PodTree.text(received, PrometheusAnnotations.PATH)) ? received : null;
    }

    private static void tellAgent(PodDraft draft, ObjectNode annotations, int agentPort) {
        ScrapeConfig config = ScrapeConfig.of(annotations, draft.warnings());
        config.check(agentPort);
        ObjectNode proxy = draft.proxy();
        if (proxy != null && !config.isEmpty()) {
            Env.put(proxy, VARIABLE, config.withFirstTarget().toJson());
        }
    }
}
