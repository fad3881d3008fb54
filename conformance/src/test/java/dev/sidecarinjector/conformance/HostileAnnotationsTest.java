package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.HostileValues;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a pod's author writes into an annotation or label that the shipped template reads: it never becomes structure. */
class HostileAnnotationsTest {
    private static final List<String> READ = Pattern.compile("\"([a-z0-9.]+\\.[a-z]+/[A-Za-z-]+)\"")
            .matcher(ShippedTemplates.template("sidecar"))
            .results().map((MatchResult found) -> found.group(1)).distinct().sorted().toList();
    /** One of these is valid for each of the settings, so that what a setting may add is seen. */
    private static final List<String> HARMLESS = List.of("harmless", "", "true", "false", "0", "1", "15021", "TPROXY", "NONE", "1Gi", "*",
            "10.0.0.0/8", "eth0", "example.com/image:1", "{}", "[]", "null");

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{pilot: {cni: {enabled: true, provider: multus}}, global: {proxy: {tracer: datadog}}}"})
    void noValueAddsAKey(String operatorsValues) {
        ObjectNode values = (ObjectNode) ConformanceData.JSON.readTree(ShippedTemplates.values());
        overlay(values, Trial.pod(operatorsValues));
        Injector injector = Trial.shipped().values(values.toString()).injector();
        Map<String, Set<String>> allowed = new TreeMap<>();
        READ.forEach(name -> HARMLESS
                .forEach(value -> allowed.computeIfAbsent(name, _ -> new HashSet<>()).addAll(paths(inject(injector, name, value)))));

        List<String> hostile = HostileValues.seeded(20_260_101, 5_000);
        int injected = 0;
        for (int i = 0; i < hostile.size(); i++) {
            boolean seed = i < HostileValues.SEEDS.size();
            for (String name : seed ? READ : List.of(READ.get(i % READ.size()))) {
                Injection outcome = inject(injector, name, hostile.get(i));
                assertThat(outcome.decision().reason()).as("%s: %s", name, hostile.get(i)).isNotEqualTo(Reason.INTERNAL_ERROR);
                assertThat(allowed.get(name)).as("%s: %s", name, hostile.get(i)).containsAll(paths(outcome));
                injected += outcome.pod() == null ? 0 : 1;
            }
        }
        // Most values are only odd texts, and must pass as such.
        assertThat(injected).isGreaterThan(hostile.size() / 4);
    }

    private static void overlay(ObjectNode target, JsonNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue() instanceof ObjectNode nested && target.get(change.getKey()) instanceof ObjectNode existing) {
                overlay(existing, nested);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }

    private static Injection inject(Injector injector, String name, String value) {
        ObjectNode pod = Trial
                .pod("{metadata: {name: p, labels: {}, annotations: {}}, spec: {containers: [{name: app, image: example/app}]}}");
        pod.withObject("/metadata/annotations").put(name, value);
        pod.withObject("/metadata/labels").put(name, value);
        return injector.inject(pod, InjectionContext.webhook("bakery", Map.of()));
    }

    /** The path of every member and element; none where there is no pod. */
    private static Set<String> paths(Injection injection) {
        Set<String> paths = new HashSet<>();
        if (injection.pod() != null) {
            collect("", injection.pod(), paths);
        }
        return paths;
    }

    private static void collect(String path, JsonNode node, Set<String> paths) {
        paths.add(path);
        node.properties().forEach(member -> collect(path + "/" + member.getKey(), member.getValue(), paths));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(path + "/" + i, node.get(i), paths);
        }
    }
}
