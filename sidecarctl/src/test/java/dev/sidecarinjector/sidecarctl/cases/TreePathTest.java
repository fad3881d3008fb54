package dev.sidecarinjector.sidecarctl.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.schema.Schema;
import dev.sidecarinjector.injection.yaml.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TreePathTest {
    private static final JsonNode POD = YamlReader.read("""
            metadata: {labels: {app.kubernetes.io/name: web, "a=b": c}}
            spec:
              containers:
              - {name: web, ports: [{containerPort: 80, name: http}, {containerPort: 81}]}
              - {name: twin, image: one}
              - {name: twin, image: two}
            """);

    @ParameterizedTest
    @CsvSource({"spec.containers[name=web].ports[containerPort=80].name, http", "spec.containers[0].ports[1].containerPort, 81",
            "metadata.labels[app.kubernetes.io/name], web", "metadata.labels['app.kubernetes.io/name'], web",
            "metadata.labels.app\\.kubernetes\\.io/name, web", "metadata.labels[\"a=b\"], c", "spec.containers[name='web'].name, web"})
    void whatKubernetesPeopleWriteIsFound(String path, String value) {
        JsonNode found = TreePath.parse(path).find(POD).node();
        assertThat(found).as(path).isNotNull();
        assertThat(found.asString()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"spec.containers[name=wbe].image|there is no item with name=wbe; there are web, twin, twin|true",
            "spec.containers[name=web].image|there is no image; there are name, ports|false",
            "spec.containers[name=twin].image|several items have name=twin|true",
            "spec.containers[7]|there is no item 7 in a list of 3|false",
            "spec.initContainers[name=x]|there is no initContainers; there are containers|false",
            "spec.containers[name=x]|there is no item with name=x; there are web, twin, twin|false"})
    void whatIsMissingIsToldWithWhatIsThere(String path, String missing, boolean lost) {
        TreePath.Found found = TreePath.parse(path).find(POD);
        assertThat(found.node()).isNull();
        assertThat(found.missing()).isEqualTo(missing);
        assertThat(found.lost()).isEqualTo(lost);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "spec..x", "spec.containers[0", "spec.containers[]", "spec.containers[0]x", "spec.", "a.['b]"})
    void whatIsNoPathIsRefused(String path) {
        assertThatThrownBy(() -> TreePath.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "spec.initContainer[name=x]|a PodSpec has no field \"initContainer\"; did you mean \"initContainers\"?",
            "spec.containers[nam=x]|a Container has no field \"nam\"; did you mean \"name\"?",
            "spec.containers[0].lifecycle.prestop|a Lifecycle has no field \"prestop\"; did you mean \"preStop\"?",
            "spec.volumes[name=a].secret.secretNam|a SecretVolumeSource has no field \"secretNam\"; did you mean \"secretName\"?",
            "metadata.annotation[x]|a ObjectMeta has no field \"annotation\"; did you mean \"annotations\"?"})
    void fieldsThatNoTypeHasAreNamed(String path, String message) {
        assertThat(TreePath.parse(path).unknownField(Schema.type("Pod"))).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.annotations[anything/at.all]", "spec.containers[name=x].resources.limits.cpu",
            "spec.containers[0].env[name=A].valueFrom.fieldRef.fieldPath", "spec.nodeSelector[disk]", "spec.volumes[name=x].emptyDir"})
    void fieldsThatExistAreFine(String path) {
        assertThat(TreePath.parse(path).unknownField(Schema.type("Pod"))).isNull();
    }
}
