package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.YamlTrees;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong easily between a manifest and its injected form; the numbers are those of the list of traps. */
class TrapsOfTheCommandLineTest {
    private static KubeInject inject(String manifest) {
        return KubeInject.run(manifest);
    }

    private static JsonNode document(String manifest) {
        KubeInject result = inject(manifest);
        assertThat(result.status()).as(result.err()).isZero();
        return YamlTrees.readAll(result.out()).getFirst();
    }

    /** Trap 78. */
    @Test
    void textsThatLookLikeSomethingElseAreQuoted() {
        String out = inject("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, labels: {a: "y", b: "off", c: "012", d: "1_000", e: "1:30", f: "0x1F", g: "~", h: "1.0", i: ""}}
                spec: {containers: [{name: app, image: example/app}]}
                """).out();
        assertThat(out).contains("a: \"y\"", "b: \"off\"", "c: \"012\"", "d: \"1_000\"", "e: \"1:30\"", "f: \"0x1F\"", "g: \"~\"",
                "h: \"1.0\"",
                "i: \"\"");
    }

    /** Trap 102. */
    @Test
    void scalarsBecomeTextsWhereTheFieldIsOne() {
        JsonNode pod = document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, labels: {a: 5, b: 1.50, c: y, d: 012}}
                spec: {containers: [{name: app, image: example/app, args: [1, yes]}]}
                """);
        JsonNode labels = pod.at("/metadata/labels");
        assertThat(List.of(labels.get("a").asString(), labels.get("b").asString(), labels.get("c").asString(), labels.get("d").asString()))
                .isEqualTo(List.of("5", "1.5", "true", "10"));
        assertThat(Trial.container(pod, "app").path("args").toString()).isEqualTo("[\"1\",\"true\"]");
    }

    /** Trap 115. */
    @Test
    void aCronJobsPodTemplateCanOptOut() {
        KubeInject result = inject("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: c}
                spec:
                  schedule: "* * * * *"
                  jobTemplate:
                    metadata: {annotations: {sidecar.istio.io/inject: "true"}}
                    spec:
                      template:
                        metadata: {labels: {sidecar.istio.io/inject: "false"}}
                        spec: {restartPolicy: Never, containers: [{name: app, image: example/app}]}
                """);
        assertThat(result.status()).isZero();
        assertThat(result.out()).doesNotContain("istio-proxy");
        assertThat(result.err()).contains("sidecar.istio.io/inject").contains("job template");
    }

    /** Trap 116. */
    @Test
    void noClusterIsNoReasonToWait() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            KubeInject result = inject(Corpus.yaml("deployment-plain"));
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out()).contains("name: istio-proxy");
        });
    }

    /** Trap 111 for the command line. */
    @Test
    void aMadeUpStatusIsExplained() {
        KubeInject result = inject("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, annotations: {sidecar.istio.io/status: '{"containers":"x"}'}}
                spec: {containers: [{name: app, image: example/app}]}
                """);
        assertThat(result.err()).contains("sidecar.istio.io/status").doesNotContain("\tat ");
    }

    /** Fields that nobody knows, through the command line. */
    @Test
    void unknownFieldsSurvive() {
        JsonNode before = Corpus.manifest("unknown-fields");
        JsonNode after = document(Corpus.yaml("unknown-fields"));
        for (String path : new String[]{"/metadata/x-owner", "/spec/x-rollout", "/spec/template/metadata/x-trace",
                "/spec/template/spec/x-scheduling"}) {
            assertThat(after.at(path)).as(path).isEqualTo(before.at(path));
        }
        JsonNode app = Trial.container(after.at("/spec/template"), "tomorrow");
        assertThat(app.path("x-gpu")).isEqualTo(before.at("/spec/template/spec/containers/0/x-gpu"));
        assertThat(Trial.byName(after.at("/spec/template/spec/volumes"), "v")).isEqualTo(before.at("/spec/template/spec/volumes/0"));
    }
}
