package dev.sidecarinjector.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedTemplatesTest {
    private static final Pattern ACTION = Pattern.compile("\\{\\{-? *(.*?) *-?}}", Pattern.DOTALL);
    private static final Pattern PRINTS_NOTHING = Pattern
            .compile("(?s)(/\\*|(if|else|end|with|range|define|template|fail)\\b|\\$\\w+ :?= ).*");
    private static final Pattern ENCODED = Pattern.compile("(?s)(quote|toJson) \\S+|.*\\| (quote|toJson)");
    private static final String CHECKED_NUMBER = "annotation $meta \"readiness.status.sidecar.istio.io/";
    private static final Set<String> NOT_THE_PODS = Set.of(".proxy.privileged", ".user", ".group", ".rulesUser", ".rulesGroup",
            ".proxy.startupProbe.failureThreshold", ".ProxyUID | default 1337", ".ProxyGID | default 1337",
            "$proxy.readinessInitialDelaySeconds", "$proxy.readinessPeriodSeconds", "$proxy.readinessFailureThreshold", ".any", ".tproxy",
            "eq .any \"::\"");

    @Test
    void theConfigHoldsEveryTemplateAsALiteralBlock() {
        for (String name : ShippedTemplates.NAMES) {
            String block = ShippedTemplates.config().split("\n {2}" + name + ": \\|\n", 2)[1];
            assertThat(block.replaceAll("(?m)^ {4}", "")).startsWith(ShippedTemplates.template(name));
        }
    }

    @Test
    void anUnknownTemplateIsRefusedByName() {
        assertThatThrownBy(() -> ShippedTemplates.template("sidecars")).hasMessageContaining("sidecars")
                .hasMessageContaining("[sidecar, gateway");
    }

    @Test
    void noTextHasTabsOrBlanksAtTheEndOfALine() {
        assertThat(ShippedTemplates.config() + ShippedTemplates.values() + ShippedTemplates.mesh()).doesNotContain("\t", " \n", "\r");
    }

    /** A value that is printed without an encoding could become YAML structure; only checked numbers and the operator's may be. */
    @ParameterizedTest
    @CsvSource({"sidecar, 80", "gateway, 40", "grpc-simple, 1", "grpc-agent, 40", "envoy, 30", "mosn, 20"})
    void whatThePodsAuthorWritesIsEncoded(String template, int printedAtLeast) {
        List<String> actions = ACTION.matcher(ShippedTemplates.template(template)).results().map(found -> found.group(1)).toList();
        List<String> printed = actions.stream().filter(action -> !PRINTS_NOTHING.matcher(action).matches()).toList();
        assertThat(printed).hasSizeGreaterThan(printedAtLeast).allMatch(action -> ENCODED.matcher(action).matches()
                || NOT_THE_PODS.contains(action) || action.startsWith(CHECKED_NUMBER));
    }

    @Test
    void theTableNamesEveryTemplate() {
        assertThat(ShippedTemplates.NAMES).containsExactly("sidecar", "gateway", "grpc-simple", "grpc-agent", "envoy", "mosn");
    }
}
