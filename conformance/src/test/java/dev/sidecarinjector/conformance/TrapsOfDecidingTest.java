package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong easily in the decision; the numbers are those of the list of traps. */
class TrapsOfDecidingTest {
    private static final Trial EMPTY = Trial.of("spec: {}");
    private static final String POD = "{metadata: {labels: {a: b}}, spec: {containers: [{name: app}]}}";

    /** Trap 97. */
    @Test
    void noNodesAreAllNewEnoughAndNoClusterIsNot() {
        Trial trial = Trial.printing(".NativeSidecars").nativeSidecars(NativeMode.AUTO);
        assertThat(trial.nodes(Map.of()).printed(POD)).isEqualTo("true");
        assertThat(trial.nodes(null).printed(POD)).isEqualTo("false");
        assertThat(trial.nodes(Map.of("n", "v2.33.1")).printed(POD)).isEqualTo("true");
        assertThat(trial.nodes(Map.of("n", "v9.1.0")).printed(POD)).isEqualTo("false");
    }

    /** Section 7.4: a pod that is already on a node is decided by that node alone. */
    @Test
    void theNodeOfAPodDecidesAlone() {
        Trial trial = Trial.printing(".NativeSidecars").nativeSidecars(NativeMode.AUTO).nodes(Map.of("new", "v1.34.0", "old", "v1.28.0"));
        assertThat(trial.printed("{spec: {nodeName: new, containers: []}}")).isEqualTo("true");
        assertThat(trial.printed("{spec: {nodeName: old, containers: []}}")).isEqualTo("false");
    }

    /** Trap 98. */
    @Test
    void anEmptySelectorSelectsNothing() {
        assertThat(EMPTY.settings("{policy: disabled, alwaysInjectSelector: [{}]}").inject(POD).decision().inject()).isFalse();
        assertThat(EMPTY.settings("{policy: enabled, neverInjectSelector: [{}]}").inject(POD).decision().inject()).isTrue();
    }

    /** Trap 99. */
    @Test
    void anUnknownPolicyIsStrongerThanTheSwitch() {
        String pod = "{metadata: {labels: {sidecar.istio.io/inject: 'true'}}, spec: {containers: [{name: app}]}}";
        assertThat(EMPTY.settings("policy: sometimes").inject(pod).decision().inject()).isFalse();
    }

    /** Trap 100. */
    @Test
    void anEmptyLabelHidesTheAnnotation() {
        String pod = "{metadata: {labels: {sidecar.istio.io/inject: ''}, annotations: {sidecar.istio.io/inject: 'false'}}, spec: {containers: []}}";
        assertThat(EMPTY.inject(pod).decision().inject()).isTrue();
    }

    /** Trap 101. */
    @Test
    void theCommandLineReadsOnlyTheTemplatesOfTheConfig() {
        Trial trial = Trial.of("")
                .templates(Map.of("sidecar", "metadata: {labels: {made: by-sidecar}}", "other", "metadata: {labels: {made: by-other}}"))
                .settings("""
                        policy: disabled
                        neverInjectSelector: [{matchLabels: {a: b}}]
                        injectedAnnotations: {late: "yes"}
                        defaultTemplates: [other]
                        """).view(View.COMMAND_LINE);
        JsonNode pod = trial.injected(POD);
        assertThat(pod.at("/metadata/labels/made").asString()).isEqualTo("by-sidecar");
        assertThat(Trial.annotation(pod, "late")).isNull();
    }
}
