package dev.sidecarinjector.injection.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.StringMap;
import dev.sidecarinjector.gotemplate.Stringer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template sees of a pod. */
class GoViewsTest {
    private final GoStruct metadata = GoViews.objectMeta(YamlTrees.read("""
            name: crumb
            generation: 3
            labels: {app: crumb}
            annotations: {sidecar.istio.io/logLevel: debug, empty: ''}
            ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: r, uid: u}]
            """));
    private final GoStruct spec = GoViews.podSpec(YamlTrees.read("""
            serviceAccountName: baker
            dnsPolicy: None
            securityContext: {fsGroup: 7}
            containers:
            - name: app
              image: loaf:1
              args: [x]
              ports: [{containerPort: 80, name: http}]
              readinessProbe: {httpGet: {port: http}}
              livenessProbe: {tcpSocket: {port: 81}}
              resources: {limits: {cpu: 2000m}}
            volumes:
            - name: v
              configMap: {name: c}
            - emptyDir: {}
            nodeSelector: {disk: ssd}
            """));

    @ParameterizedTest
    @CsvSource({"Name, crumb", "Labels.app, crumb", "Generation, 3", "Annotations.empty, ''", "Namespace, ''", "GetName, crumb"})
    void metadataIsReadByGoNames(String path, String text) {
        assertThat(read(metadata, path)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"ServiceAccountName, baker", "DNSPolicy, None", "SecurityContext.FSGroup, 7", "Containers.0.Image, loaf:1",
            "Containers.0.Ports.0.ContainerPort, 80", "Containers.0.Ports.0.HostIP, ''", "Containers.0.ReadinessProbe.HTTPGet.Port, http",
            "Containers.0.ReadinessProbe.ProbeHandler.HTTPGet.Port.StrVal, http", "Containers.0.LivenessProbe.TCPSocket.Port.IntVal, 81",
            "Containers.0.LivenessProbe.TCPSocket.Port, 81", "Containers.0.TTY, false", "Containers.0.Resources.Limits.cpu, 2000m",
            "Volumes.0.ConfigMap.Name, c", "Volumes.0.VolumeSource.ConfigMap.LocalObjectReference.Name, c", "NodeSelector.disk, ssd",
            "HostNetwork, false", "Containers.0.Args.0, x"})
    void theSpecIsReadByGoNames(String path, String text) {
        assertThat(read(spec, path)).hasToString(text);
    }

    @Test
    void whatIsAbsentHasGosZeroValue() {
        GoStruct empty = GoViews.podSpec(null);
        assertThat(empty.member("Containers")).isEqualTo(List.of());
        assertThat(empty.member("NodeSelector")).isEqualTo(Map.of()).isInstanceOf(StringMap.class);
        assertThat(empty.member("NodeName")).isEqualTo("");
        assertThat(empty.member("HostPID")).isEqualTo(false);
        assertThat(empty.member("SecurityContext")).as("a nil pointer").isNull();
        assertThat(empty.member("TerminationGracePeriodSeconds")).as("a nil pointer").isNull();
        assertThat(read(GoViews.podSpec(YamlTrees.read("{containers: [{name: null}]}")), "Containers.0.Resources.Limits.cpu")).isNull();
        assertThat(read(GoViews.podSpec(YamlTrees.read("{containers: [{name: null}]}")), "Containers.0.Name")).isEqualTo("");
    }

    @Test
    void aNameThatTheStructDoesNotHaveIsSaid() {
        assertThat(metadata.member("name")).isSameAs(GoStruct.NO_SUCH_MEMBER);
        assertThat(metadata.member("Nope")).isSameAs(GoStruct.NO_SUCH_MEMBER);
        assertThat(metadata.member("GetNope")).isSameAs(GoStruct.NO_SUCH_MEMBER);
        assertThat(spec.member("GetContainers")).isSameAs(GoStruct.NO_SUCH_MEMBER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Name | metadata.name", "Labels.app | label \"app\"",
            "Annotations.sidecar.istio.io/logLevel | annotation \"sidecar.istio.io/logLevel\"",
            "OwnerReferences.0.Name | metadata.ownerReferences[0].name"})
    void everyTextOfTheMetadataKnowsItsPlace(String path, String origin) {
        assertThat(origin(metadata, path)).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ServiceAccountName | spec.serviceAccountName", "Containers.0.Image | container \"app\" image",
            "Containers.0.Ports.0.Name | container \"app\" ports[0].name", "Volumes.0.ConfigMap.Name | volume \"v\" configMap.name",
            "NodeSelector.disk | spec.nodeSelector[\"disk\"]", "Containers.0.Args.0 | container \"app\" args",
            "Containers.0.ReadinessProbe.HTTPGet.Port.StrVal | container \"app\" readinessProbe.httpGet.port"})
    void everyTextOfTheSpecKnowsItsPlace(String path, String origin) {
        assertThat(origin(spec, path)).isEqualTo(origin);
    }

    @Test
    void keysAndWholeStructsAreThePodsTextToo() {
        assertThat(((OriginMap) metadata.member("Annotations")).origin().description()).isEqualTo("the name of an annotation");
        assertThat(((OriginMap) metadata.member("Labels")).origin().description()).isEqualTo("the name of a label");
        assertThat(spec).isInstanceOf(OriginMap.class);
        assertThat(read(spec, "Containers.0.ReadinessProbe.HTTPGet.Port")).isInstanceOf(Stringer.class).isInstanceOf(OriginMap.class);
    }

    @Test
    void mapsBehaveAsMaps() {
        Map<?, ?> annotations = (Map<?, ?>) metadata.member("Annotations");
        assertThat(annotations.containsKey("empty")).isTrue();
        assertThat(annotations.containsKey("absent")).isFalse();
        assertThat(annotations.get("absent")).isNull();
        assertThat(annotations).hasSize(2);
        assertThat(annotations.keySet()).extracting(Object::toString).containsExactly("sidecar.istio.io/logLevel", "empty");
    }

    @Test
    void structsNameTheirGoType() {
        assertThat(spec.goType()).isEqualTo("v1.PodSpec");
        assertThat(metadata.goType()).isEqualTo("v1.ObjectMeta");
    }

    @Test
    void structJsonHasKnownFieldsInGosOrder() {
        GoStruct port = GoViews
                .podSpec(YamlTrees.read("{containers: [{name: a, ports: [{x-new: 1, protocol: TCP, containerPort: 80, name: '<'}]}]}"));
        assertThat(GoViews.structJson((GoStruct) read(port, "Containers.0.Ports.0")))
                .isEqualTo("{\"name\":\"\\u003c\",\"containerPort\":80,\"protocol\":\"TCP\"}");
    }

    private static String origin(GoStruct root, String path) {
        return ((OriginText) read(root, path)).origin().description();
    }

    /** Walks member names, indexes and keys; the key of an annotation may have dots, it then is the rest of the path. */
    private static Object read(Object value, String path) {
        if (path.isEmpty()) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map.get(path);
        }
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        return read(value instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((GoStruct) value).member(step), rest);
    }
}
