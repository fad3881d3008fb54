package dev.sidecarinjector.injection.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Verdict;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DeciderTest {
    private static final String ON = "policy: enabled";

    private static Decision decide(String config, String namespace, String pod) {
        return decide(config, InjectionContext.webhook(namespace, java.util.Map.of()), pod);
    }

    private static Decision decide(String config, InjectionContext context, String pod) {
        return Decider.decide((ObjectNode) YamlTrees.read(pod), context, Configuration.load(config, "{}", "", Features.DEFAULT).inject());
    }

    private static String labelled(String... labels) {
        return "{metadata: {labels: {" + String.join(", ", labels) + "}}}";
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"true,-,SWITCH_ON", "false,-,SWITCH_OFF", "-,true,SWITCH_ON", "-,false,SWITCH_OFF",
            "true,false,SWITCH_ON",
            "false,true,SWITCH_OFF", "'',true,POLICY_ENABLED", "'',false,POLICY_ENABLED", "maybe,false,POLICY_ENABLED",
            "True,-,POLICY_ENABLED",
            "-,'true ',POLICY_ENABLED", "-,-,POLICY_ENABLED"})
    void theLabelDecidesAsSoonAsItIsThere(String label, String annotation, Reason reason) {
        String pod = "{metadata: {" + (label == null ? "" : "labels: {sidecar.istio.io/inject: '" + label + "'}, ")
                + (annotation == null ? "" : "annotations: {sidecar.istio.io/inject: '" + annotation + "'}") + "}}";
        assertThat(decide(ON, "bakery", pod).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "kube-public", "kube-node-lease", "local-path-storage"})
    void systemNamespacesAreLeftAlone(String namespace) {
        String pod = labelled("sidecar.istio.io/inject: 'true'");
        assertThat(decide(ON, namespace, pod).reason()).isEqualTo(Reason.SYSTEM_NAMESPACE);
        assertThat(decide(ON, "bakery", "{metadata: {namespace: " + namespace + "}}").reason()).isEqualTo(Reason.SYSTEM_NAMESPACE);
        assertThat(decide(ON, namespace + "x", pod).inject()).isTrue();
    }

    @Test
    void theHostsNetworkComesFirst() {
        Decision decision = decide(ON, "kube-system", "{metadata: {labels: {sidecar.istio.io/inject: 'true'}}, spec: {hostNetwork: true}}");
        assertThat(decision.reason()).isEqualTo(Reason.HOST_NETWORK);
        assertThat(decision.steps()).containsExactly(new Step("hostNetwork", "hostNetwork=true", Verdict.SKIP, "pod spec"));
    }

    @ParameterizedTest
    @CsvSource({"enabled,POLICY_ENABLED", "disabled,POLICY_DISABLED", "Enabled,POLICY_UNKNOWN", "'',POLICY_UNKNOWN"})
    void thePolicyComesLast(String policy, Reason reason) {
        assertThat(decide("policy: '" + policy + "'", "bakery", "{}").reason()).isEqualTo(reason);
    }

    @Test
    void anUnknownPolicyWinsOverEverything() {
        assertThat(decide("policy: perhaps", "bakery", labelled("sidecar.istio.io/inject: 'true'")).reason())
                .isEqualTo(Reason.POLICY_UNKNOWN);
        assertThat(decide("{policy: perhaps, alwaysInjectSelector: [{matchLabels: {a: b}}]}", "bakery", labelled("a: b")).inject())
                .isFalse();
    }

    @Test
    void neverComesBeforeAlwaysAndBothBeforeThePolicy() {
        String config = "{policy: %s, neverInjectSelector: [{matchLabels: {never: please}}], alwaysInjectSelector: [{matchLabels: {always: please}}]}";
        assertThat(decide(config.formatted("enabled"), "bakery", labelled("never: please", "always: please")).reason())
                .isEqualTo(Reason.NEVER_SELECTOR);
        assertThat(decide(config.formatted("disabled"), "bakery", labelled("always: please")).reason()).isEqualTo(Reason.ALWAYS_SELECTOR);
        assertThat(decide(config.formatted("enabled"), "bakery", labelled("never: please", "sidecar.istio.io/inject: 'true'")).reason())
                .isEqualTo(Reason.SWITCH_ON);
    }

    @Test
    void anEmptySelectorMatchesNothing() {
        assertThat(decide("{policy: enabled, neverInjectSelector: [{}, {matchLabels: {}}]}", "bakery", labelled("a: b")).inject()).isTrue();
        assertThat(decide("{policy: disabled, alwaysInjectSelector: [{}]}", "bakery", "{}").inject()).isFalse();
    }

    @Test
    void onTheCommandLineTheConfigHasNoSay() {
        InjectionContext context = InjectionContext.commandLine("", null);
        String config = "{policy: disabled, neverInjectSelector: [{matchLabels: {a: b}}]}";
        assertThat(decide(config, context, labelled("a: b")).reason()).isEqualTo(Reason.POLICY_ENABLED);
        assertThat(decide("policy: perhaps", context, "{}").inject()).isTrue();
        assertThat(decide(config, context, labelled("sidecar.istio.io/inject: 'false'")).reason()).isEqualTo(Reason.SWITCH_OFF);
    }

    @Test
    void theStepsTellTheWholeStory() {
        assertThat(decide("policy: disabled", "bakery", "{metadata: {annotations: {sidecar.istio.io/inject: 'on'}}}").steps())
                .extracting(Step::rule, Step::observed, Step::verdict).containsExactly(
                        org.assertj.core.groups.Tuple.tuple("hostNetwork", "not set", Verdict.UNDECIDED),
                        org.assertj.core.groups.Tuple.tuple("namespace", "bakery", Verdict.UNDECIDED),
                        org.assertj.core.groups.Tuple.tuple("switch", "sidecar.istio.io/inject=on", Verdict.UNDECIDED),
                        org.assertj.core.groups.Tuple.tuple("neverInjectSelector", "none matches", Verdict.UNDECIDED),
                        org.assertj.core.groups.Tuple.tuple("alwaysInjectSelector", "none matches", Verdict.UNDECIDED),
                        org.assertj.core.groups.Tuple.tuple("policy", "disabled", Verdict.SKIP));
    }
}
