package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injection;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables about merging the application's metrics with the proxy's. */
@WithConformanceData
class PrometheusTablesTest {
    private static final Trial PROXY = Trial.of("spec: {containers: [{name: istio-proxy}]}");

    @TestFactory
    Stream<DynamicTest> meshAndAnnotationSwitchMerging() {
        return Tables.rows("TestEnablePrometheusAggregation", row -> {
            Trial trial = row.path("mesh").isNull() ? PROXY.mesh("") : PROXY.mesh("enablePrometheusMerge: " + row.path("mesh").asBoolean());
            ObjectNode pod = Tables.pod(row.path("labels"), row.path("none"));
            if (row.path("annotation").isString()) {
                pod.withObject("/metadata/annotations").set("prometheus.istio.io/merge-metrics", row.path("annotation"));
            }
            assertThat(Trial.annotation(trial.injected(pod), "prometheus.io/scrape"))
                    .isEqualTo(row.path("want").asBoolean() ? "true" : null);
        });
    }

    @TestFactory
    Stream<DynamicTest> annotationsBecomeTheProxysScrapeSettings() {
        return Tables.rows("TestGetPrometheusScrapeConfigurationMultiTarget", row -> {
            ObjectNode injected = PROXY.injected(Tables.pod(row.path("none"), row.path("annotations")));
            String text = Trial.env(Trial.container(injected, "istio-proxy"), "ISTIO_PROMETHEUS_ANNOTATIONS");
            JsonNode targets = row.path("targets");
            if (targets.isNull() && row.path("port").asString().isEmpty()) {
                assertThat(text).isNull();
                return;
            }
            JsonNode settings = Tables.json(text);
            // With targets, the first one stands in for port and path, whatever the older annotations say.
            JsonNode first = targets.isArray() ? targets.get(0) : null;
            assertThat(settings.path("port").asString()).isEqualTo(first == null ? row.path("port").asString() : first.get(0).asString());
            assertThat(settings.path("path").asString()).isEqualTo(first == null ? row.path("path").asString() : first.get(1).asString());
            assertThat(settings.path("targets").valueStream().map(target -> target.path("port").asString() + target.path("path").asString())
                    .toList())
                    .isEqualTo(targets.valueStream().map(target -> target.get(0).asString() + target.get(1).asString()).toList());
        });
    }

    @TestFactory
    Stream<DynamicTest> impossibleTargetsAreRefused() {
        return Tables.rows("TestApplyPrometheusMergeScrapeTargets", row -> {
            ObjectNode pod = Tables.pod(row.path("none"), row.path("annotations"));
            Injection injection = PROXY.inject(pod, "bakery");
            if (row.path("wantError").asBoolean(false) || row.has("wantErrorContains")) {
                assertThat(injection.error()).isNotNull();
                row.path("wantErrorContains").forEach(part -> assertThat(injection.error()).contains(part.asString()));
                return;
            }
            assertThat(injection.error()).isNull();
            JsonNode annotations = injection.pod().path("metadata").path("annotations");
            row.path("wantAnnotations").properties()
                    .forEach(wanted -> assertThat(annotations.get(wanted.getKey())).isEqualTo(wanted.getValue()));
            row.path("wantRemoved").forEach(removed -> assertThat(annotations.has(removed.asString())).isFalse());
            if (row.path("wantUnchanged").asBoolean(false)) {
                row.path("annotations").properties().forEach(kept -> assertThat(annotations.get(kept.getKey())).isEqualTo(kept.getValue()));
                assertThat(annotations.has("prometheus.io/path")).isFalse();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theSecurePortIsShown() {
        return Tables.rows("TestApplySecurePrometheusAnnotation", row -> {
            ObjectNode pod = Tables.pod(row.path("none"), row.path("none"));
            if (row.has("existing")) {
                pod.withObject("/metadata/annotations").set("prometheus.istio.io/secure-port", row.path("existing"));
            }
            Trial trial = Trial.of("spec: {}");
            if (row.path("env").isObject()) {
                var env = ConformanceData.JSON.createArrayNode();
                row.path("env").properties().forEach(pair -> env.addObject().put("name", pair.getKey()).set("value", pair.getValue()));
                trial = Trial.of("spec: {containers: [{name: istio-proxy, env: " + env + "}]}");
            }
            assertThat(Trial.annotation(trial.injected(pod), "prometheus.istio.io/secure-port"))
                    .isEqualTo(row.path("want").asStringOpt().orElse(null));
        });
    }
}
