package dev.sidecarinjector.injection.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.explanation.Explanation.Flip;
import dev.sidecarinjector.injection.explanation.Explanation.Outcome;
import dev.sidecarinjector.injection.registration.Admission;
import dev.sidecarinjector.injection.registration.StandardRegistration;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExplainerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|{}|NOT_INJECTED|give the pod the label sidecar.istio.io/inject=true",
            "{istio-injection: enabled}|{}|INJECTED|give the pod the label sidecar.istio.io/inject=false",
            "{istio-injection: disabled}|{}|NOT_INJECTED|label the namespace istio-injection=enabled",
            "{istio-injection: enabled}|{spec: {hostNetwork: true}}|NOT_INJECTED|remove spec.hostNetwork of the pod",
            "{istio-injection: enabled}|{metadata: {labels: {sidecar.istio.io/inject: 'false'}}}|NOT_INJECTED|give the pod the label"
                    + " sidecar.istio.io/inject=true",
            "{istio-injection: enabled}|{metadata: {annotations: {sidecar.istio.io/inject: 'false'}}}|NOT_INJECTED|give the pod the label"
                    + " sidecar.istio.io/inject=true",
            "{istio-injection: enabled}|{metadata: {annotations: {status.sidecar.istio.io/port: x}}}|REFUSED|remove the pod's annotation"
                    + " status.sidecar.istio.io/port",
            "{istio-injection: enabled}|{metadata: {annotations: {inject.istio.io/templates: no}}}|REFUSED|remove the pod's annotation"
                    + " inject.istio.io/templates"})
    void theSmallestChangeIsFound(String labels, String pod, Outcome verdict, String change) {
        Explanation explanation = explainer("enabled").explain(admission(pod, YamlTrees.read(labels)), context());
        assertThat(explanation.verdict()).isEqualTo(verdict);
        assertThat(explanation.flips()).anySatisfy(flip -> assertThat(sentences(flip)).containsExactly(change));
        assertThat(explanation.flips()).allSatisfy(flip -> assertThat(flip.edits()).hasSize(1));
    }

    @Test
    void twoObstaclesNeedTwoChanges() {
        Explanation explanation = explainer("enabled").explain(admission("{spec: {hostNetwork: true}}", YamlTrees.read("{}")), context());
        assertThat(explanation.flips()).isNotEmpty().allSatisfy(
                flip -> assertThat(sentences(flip)).hasSize(2).contains("remove spec.hostNetwork of the pod"));
    }

    @Test
    void whatNoSmallChangeTurnsHasNone() {
        Explanation explanation = explainer("perhaps").explain(admission("{}", YamlTrees.read("{istio-injection: enabled}")), context());
        assertThat(explanation.injection().decision().reason()).isEqualTo(Reason.POLICY_UNKNOWN);
        assertThat(explanation.flips()).isEmpty();
    }

    /** The law: each suggestion flips the verdict, and nothing smaller does. */
    @Test
    void everySuggestionFlipsTheVerdictAndNoPartOfItDoes() {
        Random random = new Random(11);
        int flips = 0;
        for (int round = 0; round < 150; round++) {
            Explainer explainer = explainer(random.nextBoolean() ? "enabled" : "disabled");
            Admission admission = random(random);
            Explanation explanation = explainer.explain(admission, context());
            Outcome wanted = explanation.verdict() == Outcome.INJECTED ? Outcome.NOT_INJECTED : Outcome.INJECTED;
            for (Flip flip : explanation.flips()) {
                flips++;
                assertThat(explainer.verdict(with(admission, flip.edits()), context())).as(flip + " on " + admission).isEqualTo(wanted);
                for (Edit left : flip.edits()) {
                    List<Edit> fewer = new ArrayList<>(flip.edits());
                    fewer.remove(left);
                    assertThat(explainer.verdict(with(admission, fewer), context())).as(fewer + " on " + admission).isNotEqualTo(wanted);
                }
            }
        }
        assertThat(flips).isGreaterThan(150);
    }

    @Test
    void unknownLabelsOfTheNamespaceLeaveTheVerdictOpen() {
        assertThat(explainer("enabled").explain(admission("{}", null), context()).verdict()).isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sidecar.istio.io/logLevel|debug|annotation",
            "sidecar.istio.io/proxyMemoryLimit|1024Mi|values global.proxy.resources.limits.memory",
            "security.istio.io/tlsMode|istio|default",
            "sidecar.istio.io/componentLogLevel|misc:error|values global.proxy.componentLogLevel",
            "prometheus.istio.io/merge-metrics|false|mesh enablePrometheusMerge",
            "sidecar.istio.io/interceptionMode|TPROXY|proxy config interceptionMode",
            "traffic.sidecar.istio.io/includeInboundPorts|*|values global.proxy.includeInboundPorts",
            "sidecar.istio.io/userVolume|''|not set"})
    void everySettingHasAValueAndAnOrigin(String name, String value, String origin) {
        Explanation explanation = explainer("enabled").explain(admission("{metadata: {annotations: {sidecar.istio.io/logLevel: debug,"
                + " proxy.istio.io/config: 'interceptionMode: TPROXY'}}}", YamlTrees.read("{istio-injection: enabled}")), context());
        assertThat(explanation.settings()).filteredOn(setting -> setting.setting().name().equals(name)).singleElement()
                .satisfies(setting -> {
                    assertThat(setting.value()).isEqualTo(value);
                    assertThat(setting.origin()).isEqualTo(origin);
                });
    }

    private static Admission with(Admission admission, List<Edit> edits) {
        Admission changed = admission;
        for (Edit edit : edits) {
            changed = edit.apply(changed);
        }
        return changed;
    }

    private static List<String> sentences(Flip flip) {
        return flip.edits().stream().map(Edit::sentence).toList();
    }

    private static Admission random(Random random) {
        ObjectNode pod = pod("{}");
        ObjectNode metadata = pod.withObject("metadata");
        for (String map : List.of("labels", "annotations")) {
            if (random.nextInt(3) == 0) {
                metadata.withObject(map).put("sidecar.istio.io/inject", List.of("true", "false", "maybe", "").get(random.nextInt(4)));
            }
        }
        if (random.nextInt(4) == 0) {
            metadata.withObject("labels").put("istio.io/rev", random.nextBoolean() ? "default" : "other");
        }
        if (random.nextInt(5) == 0) {
            metadata.withObject("annotations").put("sidecar.istio.io/interceptionMode", "nonsense");
        }
        if (random.nextInt(5) == 0) {
            pod.withObject("spec").put("hostNetwork", true);
        }
        Map<String, String> labels = new HashMap<>();
        List<String> values = new ArrayList<>(List.of("enabled", "disabled", ""));
        Collections.shuffle(values, random);
        if (random.nextBoolean()) {
            labels.put("istio-injection", values.getFirst());
        }
        if (random.nextInt(3) == 0) {
            labels.put("istio.io/rev", random.nextBoolean() ? "default" : "other");
        }
        return new Admission(pod, "shop", labels, false);
    }

    private static Admission admission(String pod, @Nullable JsonNode labels) {
        Map<String, String> map = new HashMap<>();
        if (labels != null) {
            labels.properties().forEach(label -> map.put(label.getKey(), label.getValue().asString()));
        }
        return new Admission(pod(pod), "shop", labels == null ? null : map, false);
    }

    private static ObjectNode pod(String extra) {
        ObjectNode pod = (ObjectNode) YamlTrees
                .read("{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop}, spec: {containers: [{name: a, image: a}]}}");
        ObjectNode more = (ObjectNode) YamlTrees.read(extra);
        pod.withObject("metadata").setAll(more.withObject("metadata"));
        pod.withObject("spec").setAll(more.withObject("spec"));
        return pod;
    }

    private static InjectionContext context() {
        return InjectionContext.webhook("shop", Map.of());
    }

    private static Explainer explainer(String policy) {
        String config = ShippedTemplates.config().replace("policy: enabled", "policy: " + policy);
        Configuration configuration = Configuration.load(config, ShippedTemplates.values(), "enablePrometheusMerge: false\n",
                Features.DEFAULT);
        return new Explainer(new Injector(configuration), List.of(StandardRegistration.of("default", false)));
    }
}
