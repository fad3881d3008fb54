package dev.sidecarinjector.injection.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.RandomPods;
import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the typed round trip of the peer does to a tree, operation by operation. */
class PodShapeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "spec: [] | spec: must be an object, but is a list; correct it",
            "spec: {containers: {}} | spec.containers: must be a list, but is an object; correct it",
            "spec: {containers: [x]} | spec.containers[0]: must be an object, but is the string \"x\"; correct it",
            "spec: {containers: [{name: a}, {image: 5}]} | spec.containers[1].image: must be a string, but is 5; put it in quotes",
            "metadata: {labels: {a: true}} | metadata.labels[a]: must be a string, but is true; put it in quotes",
            "metadata: {annotations: x} | metadata.annotations: must be a map, but is the string \"x\"; correct it",
            "spec: {hostNetwork: 'yes'} | spec.hostNetwork: must be true or false, but is the string \"yes\"; correct it",
            "spec: {terminationGracePeriodSeconds: 1.5} | spec.terminationGracePeriodSeconds: must be a whole number, but is 1.5; correct it",
            "spec: {priority: 3000000000} | spec.priority: must be a whole number of 32 bits, but is 3000000000; correct it",
            "spec: {containers: [{args: [a, 1]}]} | spec.containers[0].args[1]: must be a string, but is 1; put it in quotes",
            "spec: {containers: [{livenessProbe: {httpGet: {port: true}}}]} | spec.containers[0].livenessProbe.httpGet.port: must be a whole number or a string, but is true; correct it",
            "spec: {containers: [{resources: {limits: {cpu: lots}}}]} | spec.containers[0].resources.limits[cpu]: must be a quantity such as 500m or 1Gi, but is the string \"lots\"; correct it"})
    void aValueOfTheWrongTypeIsNamedWithItsPlace(String yaml, String message) {
        assertThatThrownBy(() -> PodShape.check(tree(yaml))).isInstanceOf(InjectionException.class).hasMessage(message)
                .extracting(e -> ((InjectionException) e).reason()).isEqualTo(Reason.INVALID_POD);
        assertThatThrownBy(() -> PodShape.normalizeOverlay(tree(yaml))).isInstanceOf(InjectionException.class).hasMessage(message)
                .extracting(e -> ((InjectionException) e).reason()).isEqualTo(Reason.MERGE_FAILED);
    }

    @Test
    void aGoodPodPassesUntouched() {
        for (ObjectNode pod : RandomPods.seeded(31, 200)) {
            String before = pod.toString();
            PodShape.check(pod);
            assertThat(pod).hasToString(before);
        }
        String odd = "spec: {containers: [null, {name: null, resources: {limits: {cpu: 0.50}}, x-new: [1]}], volumes: null, x: {y: z}}";
        ObjectNode pod = tree(odd);
        PodShape.check(pod);
        assertThat(pod.toString()).isEqualTo(tree(odd).toString());
    }

    @Test
    void anOverlayGetsCanonicalQuantitiesAndKeepsTheRest() {
        ObjectNode overlay = tree(
                "spec: {containers: [{name: a, $patch: delete, env: null, args: [], resources: {limits: {cpu: 2000m, memory: 1024Mi}, "
                        + "requests: {cpu: 0.5}}}], typo: {cpu: 2000m}}");
        PodShape.normalizeOverlay(overlay);
        assertThat(overlay)
                .isEqualTo(tree("spec: {containers: [{name: a, $patch: delete, env: null, args: [], resources: {limits: {cpu: '2', "
                        + "memory: 1Gi}, requests: {cpu: 500m}}}], typo: {cpu: 2000m}}"));
    }

    @Test
    void aContainerAsPatchOrdersNothing() {
        ObjectNode container = tree(
                "{name: a, image: '', args: [], command: null, env: [{name: X, value: '', $patch: delete}], $patch: replace, "
                        + "securityContext: {}, x-new: {a: null, b: []}, stdin: false, terminationMessagePath: p}");
        assertThat(PodShape.containerPatch(container)).isEqualTo(
                tree("{name: a, env: [{name: X}], securityContext: {}, x-new: {b: []}, terminationMessagePath: p}"));
        assertThat(container.has("command")).as("the container itself stays").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"5 | 5", "1.50 | 1.5", "true | true", "1000000.0 | 1e+06", "0.00001 | 1e-05",
            "123456789012 | 123456789012"})
    void unquotedScalarsOfAManifestBecomeStrings(String scalar, String text) {
        ObjectNode manifest = tree(
                "{kind: Deployment, metadata: {labels: {a: " + scalar + "}}, spec: {replicas: 2, template: {spec: {containers: "
                        + "[{name: a, args: [" + scalar + "], ports: [{containerPort: 80}]}]}}}, x-new: " + scalar + "}");
        PodShape.coerce(manifest);
        assertThat(manifest.at("/metadata/labels/a").stringValue()).isEqualTo(text);
        assertThat(manifest.at("/spec/template/spec/containers/0/args/0").stringValue()).isEqualTo(text);
        assertThat(manifest.at("/spec/replicas").isNumber()).isTrue();
        assertThat(manifest.at("/x-new").isString()).isFalse();
    }

    @Test
    void otherWrongTypesOfAManifestAreRefused() {
        assertThatThrownBy(() -> PodShape.coerce(tree("{kind: Pod, spec: {hostNetwork: 1}}"))).hasMessageContaining("spec.hostNetwork");
        assertThatThrownBy(() -> PodShape.coerce(tree("{kind: Pod, metadata: {name: {}}}"))).hasMessageContaining("metadata.name");
        assertThatThrownBy(() -> PodShape.coerce(tree("{kind: List, items: [{kind: Job, spec: 1}]}")))
                .hasMessageContaining("items[0].spec");
        assertThatCode(() -> PodShape.coerce(tree("{kind: Service, spec: 1}"))).doesNotThrowAnyException();
    }

    @Test
    void aPrintedDeploymentHasAllStructs() {
        ObjectNode manifest = tree("{kind: Deployment, apiVersion: apps/v1, metadata: {name: d, labels: {}, creationTimestamp: null}, "
                + "spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: 0.5}}, env: [], x-new: null}]}}}}");
        PodShape.printable(manifest);
        assertThat(manifest)
                .isEqualTo(tree("{kind: Deployment, apiVersion: apps/v1, metadata: {name: d}, spec: {selector: null, strategy: {}, "
                        + "template: {metadata: {}, spec: {containers: [{name: a, resources: {limits: {cpu: 500m}}, x-new: null}]}}}, status: {}}"));
    }

    @Test
    void requiredListsArePrintedEvenWhenEmptyOrAbsent() {
        assertThat(printed("{kind: Pod, spec: {containers: []}}").at("/spec/containers")).isEqualTo(YamlTrees.read("[]"));
        assertThat(printed("{kind: Pod, spec: {}}").at("/spec/containers").isNull()).isTrue();
    }

    @Test
    void nullsOfTypedMapsAndListsBecomeZeroValues() {
        assertThat(printed("{kind: Pod, metadata: {labels: {a: null}}, spec: {containers: [{name: a, args: [null]}]}}"))
                .isEqualTo(tree(
                        "{kind: Pod, metadata: {labels: {a: ''}}, spec: {containers: [{name: a, args: [''], resources: {}}]}, status: {}}"));
    }

    @Test
    void timesArePrintedInUtcWithoutFractions() {
        assertThat(printed("{kind: Pod, metadata: {creationTimestamp: '2026-01-02T03:04:05.678+02:00'}}").at("/metadata/creationTimestamp")
                .stringValue()).isEqualTo("2026-01-02T01:04:05Z");
    }

    @Test
    void itemsOfAListArePrintedByTheirOwnKind() {
        assertThat(printed("{kind: List, items: [{kind: Pod, spec: {containers: []}}, {kind: Service, spec: {x: null}}]}")).isEqualTo(
                tree("{kind: List, metadata: {}, items: [{kind: Pod, metadata: {}, spec: {containers: []}, status: {}}, {kind: Service, spec: {x: null}}]}"));
    }

    @Test
    void printingTwiceEqualsPrintingOnce() {
        for (String name : Corpus.NAMES) {
            ObjectNode once = Corpus.manifest(name);
            PodShape.printable(once);
            ObjectNode twice = once.deepCopy();
            PodShape.printable(twice);
            assertThat(twice).isEqualTo(once);
        }
    }

    private static JsonNode printed(String yaml) {
        ObjectNode manifest = tree(yaml);
        PodShape.printable(manifest);
        return manifest;
    }

    private static ObjectNode tree(String yaml) {
        return (ObjectNode) YamlTrees.read(yaml);
    }
}
