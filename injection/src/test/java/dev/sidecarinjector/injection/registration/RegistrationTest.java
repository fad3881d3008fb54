package dev.sidecarinjector.injection.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.config.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RegistrationTest {
    /** Rows of the table of spec section 16: namespace labels, pod labels, the entries that ask. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"default|''|''|''", "default|istio-injection=enabled|''|namespace.",
            "default|istio-injection=enabled|sidecar.istio.io/inject=false|''",
            "default|istio-injection=disabled|sidecar.istio.io/inject=true|''",
            "default|istio.io/rev=default|''|rev.namespace.", "default|istio.io/rev=default istio-injection=enabled|''|namespace.",
            "default|istio.io/rev=other|''|''", "default|''|sidecar.istio.io/inject=true|object.",
            "default|''|sidecar.istio.io/inject=true istio.io/rev=default|rev.object.", "default|''|istio.io/rev=default|rev.object.",
            "canary|istio.io/rev=canary|''|rev.namespace.", "canary|istio.io/rev=canary|sidecar.istio.io/inject=false|''",
            "canary|istio-injection=enabled|''|''", "canary|''|istio.io/rev=canary|rev.object.",
            "canary|''|istio.io/rev=canary sidecar.istio.io/inject=false|''", "canary|''|sidecar.istio.io/inject=true|''"})
    void theStandardEntriesAskAsTheTableSays(String revision, String namespaceLabels, String podLabels, String asking) {
        List<EntryTrace> traces = StandardRegistration.of(revision, false)
                .trace(new Admission(pod(labels(podLabels)), "shop", labels(namespaceLabels), false));
        List<String> found = traces.stream().filter(trace -> trace.truth() == Truth.YES).map(EntryTrace::name).toList();
        assertThat(found).isEqualTo(asking.isEmpty() ? List.of() : List.of(asking + "sidecar-injector.istio.io"));
        assertThat(Registration.asks(traces)).isEqualTo(Truth.of(!asking.isEmpty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"shop|''|''|YES", "kube-system|''|''|NO", "local-path-storage|''|''|NO",
            "shop|istio-injection=disabled|''|NO", "shop|''|sidecar.istio.io/inject=false|NO"})
    void namespacesThatSayNothingCountWhereTheInstallationWantsIt(String namespace, String namespaceLabels, String podLabels, Truth asked) {
        assertThat(Registration.asks(StandardRegistration.of("default", true)
                .trace(new Admission(pod(labels(podLabels)), namespace, labels(namespaceLabels), false)))).isEqualTo(asked);
    }

    @Test
    void withoutTheNamespacesLabelsTheAnswerIsUnknownUnlessThePodDecides() {
        assertThat(asked(StandardRegistration.of("default", false), pod(Map.of()), null)).isEqualTo(Truth.UNKNOWN);
        assertThat(asked(StandardRegistration.of("default", false), pod(Map.of("sidecar.istio.io/inject", "false")), null))
                .isEqualTo(Truth.NO);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods]}|YES",
            "{operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}|YES",
            "{operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: ['*/*'], scope: Namespaced}|YES",
            "{operations: [UPDATE], apiGroups: [''], apiVersions: [v1], resources: [pods]}|NO",
            "{operations: [CREATE], apiGroups: [apps], apiVersions: [v1], resources: [pods]}|NO",
            "{operations: [CREATE], apiGroups: [''], apiVersions: [v1beta1], resources: [pods]}|NO",
            "{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods/exec]}|NO",
            "{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods], scope: Cluster}|NO"})
    void aRuleCoversOperationGroupVersionResourceAndScope(String rule, Truth asked) {
        assertThat(asked(registration("rules: [" + rule + "]"), pod(Map.of()), Map.of())).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Fail|request.operation == 'CREATE'|YES", "Fail|request.namespace != 'shop'|NO",
            "Fail|object.spec.containers.exists(c, c.name == 'x')|UNKNOWN", "Fail|object.metadata.labels.tier == 'x'|UNKNOWN",
            "Ignore|object.metadata.labels.tier == 'x'|NO", "Fail|object.spec.hostNetwork|UNKNOWN",
            "Fail|!has(object.spec.hostNetwork)|YES",
            "Fail|object.spec.dnsPolicy == 'Default'|UNKNOWN"})
    void conditionsAreEvaluatedAsFarAsIsCertain(String policy, String expression, Truth asked) {
        Registration registration = registration("failurePolicy: " + policy
                + "\n  rules: [{operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}]\n  matchConditions: [{name: c, expression: \""
                + expression + "\"}]");
        assertThat(asked(registration, pod(Map.of("app", "web")), Map.of())).isEqualTo(asked);
    }

    @Test
    void entriesThatAreNoInjectorsAreLeftOut() {
        assertThat(Registration.of(YamlTrees.read("{metadata: {name: x}, webhooks: [{name: other.example.org}]}")).entries()).isEmpty();
    }

    @Test
    void aSelectorThatIsNoneIsNamed() {
        assertThatThrownBy(() -> registration("objectSelector: {matchExpressions: [{key: a, operator: Maybe}]}"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("x.sidecar-injector.istio.io, objectSelector: key a");
    }

    private static Registration registration(String entry) {
        return Registration.of(YamlTrees.read("metadata: {name: m}\nwebhooks:\n- name: x.sidecar-injector.istio.io\n  " + entry));
    }

    private static Truth asked(Registration registration, ObjectNode pod, @Nullable Map<String, String> namespaceLabels) {
        return Registration.asks(registration.trace(new Admission(pod, "shop", namespaceLabels, false)));
    }

    private static ObjectNode pod(Map<String, String> labels) {
        ObjectNode pod = (ObjectNode) YamlTrees.read("{kind: Pod, metadata: {name: p}, spec: {containers: [{name: a}]}}");
        labels.forEach(pod.withObject("metadata").withObject("labels")::put);
        return pod;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        for (String label : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            labels.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
        }
        return labels;
    }
}
