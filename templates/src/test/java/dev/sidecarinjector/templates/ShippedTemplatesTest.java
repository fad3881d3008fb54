package dev.sidecarinjector.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShippedTemplatesTest {
    private static final Pattern ACTION = Pattern.compile("\\{\\{-? *(.*?) *-?}}", Pattern.DOTALL);
    private static final Pattern PRINTS_NOTHING = Pattern
            .compile("(?s)(/\\*|(if|else|end|with|range|define|template)\\b|\\$\\w+ :?= ).*");
    private static final Pattern ENCODED = Pattern.compile("(?s)(quote|toJson) \\S+|.*\\| (quote|toJson)");
    private static final String CHECKED_NUMBER = "annotation $meta \"readiness.status.sidecar.istio.io/";
    private static final Set<String> NOT_THE_PODS = Set.of(".proxy.privileged", ".user", ".group", ".rulesUser", ".rulesGroup",
            ".proxy.startupProbe.failureThreshold");

    @Test
    void theConfigHoldsEveryTemplateAsALiteralBlock() {
        for (String name : ShippedTemplates.NAMES) {
            String block = ShippedTemplates.config().split("\n {2}" + name + ": \\|\n", 2)[1];
            assertThat(block.replaceAll("(?m)^ {4}", "")).startsWith(ShippedTemplates.template(name));
        }
    }

    @Test
    void anUnknownTemplateIsRefusedByName() {
        assertThatThrownBy(() -> ShippedTemplates.template("sidecars")).hasMessageContaining("sidecars").hasMessageContaining("[sidecar]");
    }

    @Test
    void noTextHasTabsOrBlanksAtTheEndOfALine() {
        assertThat(ShippedTemplates.config() + ShippedTemplates.values() + ShippedTemplates.mesh()).doesNotContain("\t", " \n", "\r");
    }

    /** A value that is printed without an encoding could become YAML structure; only checked numbers and the operator's may be. */
    @Test
    void whatThePodsAuthorWritesIsEncoded() {
        List<String> actions = ACTION.matcher(ShippedTemplates.template("sidecar")).results().map(found -> found.group(1)).toList();
        List<String> printed = actions.stream().filter(action -> !PRINTS_NOTHING.matcher(action).matches()).toList();
        assertThat(printed).hasSizeGreaterThan(80).allMatch(action -> ENCODED.matcher(action).matches() || NOT_THE_PODS.contains(action)
                || action.startsWith(CHECKED_NUMBER));
    }
}
