package dev.sidecarinjector.injection.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rules of the strategic merge, one by one. */
class StrategicMergeTest {
    @Test
    void newElementsOfThePatchComeBeforeLiveOnes() {
        assertThat(spec("containers: [{name: a}, {name: b}]", "containers: [{name: x}, {name: y}]"))
                .isEqualTo(tree("containers: [{name: x}, {name: y}, {name: a}, {name: b}]"));
    }

    @Test
    void matchedElementsKeepTheirPlaceAmongTheLiveOnes() {
        assertThat(spec("containers: [{name: a}, {name: b}, {name: c}]", "containers: [{name: b, image: i}]"))
                .isEqualTo(tree("containers: [{name: a}, {name: b, image: i}, {name: c}]"));
    }

    @Test
    void theHeadsOfTheTwoListsDecideWhoGoesFirst() {
        assertThat(spec("containers: [{name: a}, {name: b}, {name: c}]", "containers: [{name: x}, {name: b}, {name: y}]"))
                .isEqualTo(tree("containers: [{name: x}, {name: a}, {name: b}, {name: y}, {name: c}]"));
    }

    @Test
    void anOrderThatDiffersFromTheLiveOneIsThePatchs() {
        assertThat(spec("volumes: [{name: a}, {name: b}, {name: c}]", "volumes: [{name: c}, {name: a}]"))
                .isEqualTo(tree("volumes: [{name: b}, {name: c}, {name: a}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"env | name: A", "ports | containerPort: 80", "volumeMounts | mountPath: /m",
            "volumeDevices | devicePath: /dev/x"})
    void listsOfAContainerMergeByTheirOwnKey(String list, String key) {
        assertThat(container(list + ": [{" + key + ", x: live}]", list + ": [{" + key + ", y: patch}]"))
                .isEqualTo(tree(list + ": [{" + key + ", x: live, y: patch}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"containers | name: a", "initContainers | name: a", "ephemeralContainers | name: a",
            "volumes | name: a", "imagePullSecrets | name: a", "hostAliases | ip: 1.2.3.4", "topologySpreadConstraints | topologyKey: zone",
            "schedulingGates | name: a", "resourceClaims | name: a"})
    void listsOfAPodMergeByTheirOwnKey(String list, String key) {
        assertThat(spec(list + ": [{" + key + ", x: live}]", list + ": [{" + key + ", y: patch}]"))
                .isEqualTo(tree(list + ": [{" + key + ", x: live, y: patch}]"));
    }

    @Test
    void mountsOfOneVolumeAtTwoPathsStayTwo() {
        assertThat(container("volumeMounts: [{name: v, mountPath: /a}]", "volumeMounts: [{name: v, mountPath: /b}]"))
                .isEqualTo(tree("volumeMounts: [{name: v, mountPath: /b}, {name: v, mountPath: /a}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"args: [a] | args: [b]", "command: [a, b] | command: [b]",
            "securityContext: {capabilities: {add: [A]}} | securityContext: {capabilities: {add: [B]}}",
            "envFrom: [{prefix: a}] | envFrom: [{prefix: b}]"})
    void otherListsAreReplaced(String live, String patch) {
        assertThat(container(live, patch)).isEqualTo(tree(patch));
    }

    @Test
    void finalizersAreASet() {
        assertThat(pod("metadata: {finalizers: [a, b]}", "metadata: {finalizers: [c, b]}"))
                .isEqualTo(tree("metadata: {finalizers: [c, a, b]}"));
    }

    @Test
    void nullDeletesWhatIsThereAndVanishesWhereNothingIs() {
        assertThat(spec("dnsPolicy: None\nnodeSelector: {a: b}", "dnsPolicy: null\nsubdomain: null\nnodeSelector: {a: null}"))
                .isEqualTo(tree("{}"));
        assertThat(spec("{}", "volumes: [{name: v, emptyDir: }]")).isEqualTo(tree("volumes: [{name: v}]"));
    }

    @Test
    void aNullOfTheLivePodCountsAsAbsent() {
        assertThat(spec("volumes: null\nsecurityContext: null", "volumes: [{name: v}]\nsecurityContext: {fsGroup: 1}"))
                .isEqualTo(tree("volumes: [{name: v}]\nsecurityContext: {fsGroup: 1}"));
    }

    @Test
    void optionalFieldsThatThePatchSetsToZeroAreNotPrinted() {
        assertThat(spec("hostNetwork: true\nschedulerName: x", "hostNetwork: false\nschedulerName: ''\nvolumes: []\noverhead: {}"))
                .isEqualTo(tree("{}"));
        assertThat(spec("{}", "terminationGracePeriodSeconds: 0\nsecurityContext: {}\nshareProcessNamespace: false"))
                .as("pointers are printed")
                .isEqualTo(tree("terminationGracePeriodSeconds: 0\nsecurityContext: {}\nshareProcessNamespace: false"));
    }

    @Test
    void whatThePatchDoesNotNameStaysAsItWasWritten() {
        String live = "volumes: []\ncontainers: [{name: a, resources: {limits: {cpu: 2000m}}, args: [], x-new: null}]\nx-new: [1, null]";
        assertThat(spec(live, "containers: [{name: a, image: i}]").toString())
                .isEqualTo(tree(live.replace("x-new: null", "x-new: null, image: i")).toString());
    }

    @Test
    void unknownFieldsMergeToo() {
        assertThat(spec("x-new: {a: {b: 1}, l: [1]}", "x-new: {a: {c: 2}, l: [2]}")).isEqualTo(tree("x-new: {a: {b: 1, c: 2}, l: [2]}"));
    }

    @Test
    void twoSourcesCanEndUpInOneVolume() {
        assertThat(spec("volumes: [{name: v, emptyDir: {}}]", "volumes: [{name: v, configMap: {name: c}}]"))
                .isEqualTo(tree("volumes: [{name: v, emptyDir: {}, configMap: {name: c}}]"));
        assertThat(spec("volumes: [{name: v, emptyDir: {}}]",
                "volumes: [{name: v, configMap: {name: c}, $retainKeys: [name, configMap]}]"))
                .isEqualTo(tree("volumes: [{name: v, configMap: {name: c}}]"));
    }

    @Test
    void patchReplaceReplacesAnObject() {
        assertThat(spec("securityContext: {fsGroup: 1, runAsUser: 2}", "securityContext: {$patch: replace, fsGroup: 3}"))
                .isEqualTo(tree("securityContext: {fsGroup: 3}"));
    }

    @Test
    void patchDeleteEmptiesAnObject() {
        assertThat(spec("securityContext: {fsGroup: 1}\nnodeSelector: {a: b}",
                "securityContext: {$patch: delete}\nnodeSelector: {$patch: delete}")).isEqualTo(tree("securityContext: {}"));
    }

    @Test
    void patchDeleteTakesAnElementOutOfAList() {
        assertThat(spec("containers: [{name: a}, {name: b}]", "containers: [{name: a, $patch: delete}]"))
                .isEqualTo(tree("containers: [{name: b}]"));
        assertThat(spec("volumes: [{name: a}]", "volumes: [{name: a, $patch: delete}, {name: gone, $patch: delete}]"))
                .isEqualTo(tree("{}"));
    }

    @Test
    void patchReplaceInAListReplacesIt() {
        assertThat(spec("containers: [{name: a}, {name: b}]", "containers: [{$patch: replace}, {name: c}]"))
                .isEqualTo(tree("containers: [{name: c}]"));
    }

    @Test
    void aDirectiveIsNeverLeftInThePod() {
        assertThat(spec("{}", "containers: [{name: a, env: [{name: X, $patch: delete}], securityContext: {$retainKeys: [x]}}]"))
                .isEqualTo(tree("containers: [{name: a, securityContext: {}}]"));
    }

    @Test
    void scalarsCanBeTakenOutOfAList() {
        assertThat(pod("metadata: {finalizers: [a, b, c]}", "metadata: {$deleteFromPrimitiveList/finalizers: [b, x]}"))
                .isEqualTo(tree("metadata: {finalizers: [a, c]}"));
    }

    @Test
    void aPatchCanSetTheOrder() {
        assertThat(spec("containers: [{name: a}, {name: b}, {name: c}]",
                "$setElementOrder/containers: [{name: c}, {name: n}, {name: a}]\ncontainers: [{name: n}]"))
                .isEqualTo(tree("containers: [{name: b}, {name: c}, {name: n}, {name: a}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "containers: [{name: a}] | containers: [{image: i}] | spec.containers[0]: an element of this list needs name",
            "containers: [{name: a, env: [{name: X}]}] | containers: [{name: a, env: [{value: v}]}] | spec.containers[a].env[0]: an element",
            "containers: [{name: a}] | containers: [x] | spec.containers[0]: an element of this list must be an object",
            "containers: [{name: a}] | containers: [{name: a, $patch: merge}] | spec.containers: $patch says merge",
            "securityContext: {} | securityContext: {$patch: drop} | spec.securityContext: $patch says drop",
            "containers: [{name: a}] | {$setElementOrder/containers: [{name: b}], containers: [{name: a}]} | spec.containers: the patch's elements",
            "volumes: [{name: a}] | volumes: [{name: a, secret: {}, $retainKeys: [name]}] | spec.volumes[a]: the patch sets secret"})
    void aPatchThatCannotBeMergedIsRefusedWithItsPlace(String live, String patch, String message) {
        assertThatThrownBy(() -> spec(live, patch)).isInstanceOf(InjectionException.class)
                .hasMessageStartingWith(message).extracting(e -> ((InjectionException) e).reason()).isEqualTo(Reason.MERGE_FAILED);
    }

    @Test
    void longListsMergeInNoTime() {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 20_000; i++) {
            live.withArray("env").addObject().put("name", "L" + i);
            patch.withArray("env").addObject().put("name", (i % 2 == 0 ? "L" : "P") + i).put("value", "v");
        }
        long start = System.nanoTime();
        StrategicMerge.mergeContainer(live, patch);
        assertThat(System.nanoTime() - start).as("quadratic would take seconds").isLessThan(2_000_000_000L);
        assertThat(live.get("env")).hasSize(30_000);
    }

    private static JsonNode spec(String live, String patch) {
        return pod("spec:\n" + live.indent(2), "spec:\n" + patch.indent(2)).path("spec");
    }

    private static JsonNode pod(String live, String patch) {
        ObjectNode pod = (ObjectNode) tree(live);
        StrategicMerge.mergePod(pod, (ObjectNode) tree(patch));
        return pod;
    }

    private static JsonNode container(String live, String patch) {
        ObjectNode container = (ObjectNode) tree(live);
        StrategicMerge.mergeContainer(container, (ObjectNode) tree(patch));
        return container;
    }

    private static JsonNode tree(String yaml) {
        return YamlTrees.read(yaml);
    }
}
