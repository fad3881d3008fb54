package dev.sidecarinjector.webhook.config;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;

/** Small configurations that carry a mark, and what the metrics say of them. */
final class Texts {
    private Texts() {}

    /** The mark is an annotation that every pod gets. */
    static String config(String mark) {
        return """
            policy: enabled
            templates:
              sidecar: |
                spec:
                  containers:
                  - name: istio-proxy
                    image: proxy:1
            injectedAnnotations:
              mark: "%s"
            """.formatted(mark);
    }

    static String values(String mark) {
        return "{\"global\":{\"hub\":\"%s\",\"tag\":\"1\"}}".formatted(mark);
    }

    static String mesh(String mark) {
        return "rootNamespace: " + mark + "\n";
    }

    static double loads(PrometheusRegistry registry, String result) {
        return ((CounterSnapshot) registry.scrape(name -> name.equals("sidecar_injector_configuration_loads")).get(0)).getDataPoints()
                .stream().filter(point -> result.equals(point.getLabels().get("result"))).findFirst().orElseThrow().getValue();
    }

    static double gauge(PrometheusRegistry registry, String gauge) {
        return ((GaugeSnapshot) registry.scrape(name -> name.equals(gauge)).get(0)).getDataPoints().getFirst().getValue();
    }
}
