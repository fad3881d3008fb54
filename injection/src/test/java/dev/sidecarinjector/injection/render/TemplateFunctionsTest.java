package dev.sidecarinjector.injection.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.injection.schema.GoViews;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The injector's template functions")
class TemplateFunctionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Rendered render(String text, Object data) {
        return Template.parse("t", text, TemplateFunctions.all(Map.of("SET", "value", "BLANK", ""))).render(data, Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {{ valueOrDefault "" "d" }}                                | d
            {{ valueOrDefault 0 "d" }}                                 | 0
            {{ valueOrDefault false "d" }}                             | false
            {{ excludeInboundPort 15020.0 "" }}                        | 15020
            {{ excludeInboundPort "15020" "80, 90" }}                  | 80,90,15020
            {{ excludeInboundPort "80" "80, 90" }}                     | 80, 90
            {{ excludeInboundPort "0" "80, 90" }}                      | 80, 90
            {{ excludeInboundPort "" "80,," }}                         | 80,,
            {{ toJSON (strdict "b" "<1>" "a" "x") }}                   | {"a":"x","b":"\\u003c1\\u003e"}
            {{ toJSON (strdict "b") }}                                 | {"b":""}
            {{ toJSON nil }}                                           | {}
            {{ toJsonMap }}                                            | null
            {{ toJsonMap (strdict "a" "1") (strdict "a" "2" "b" "3") }}| {"a":"2","b":"3"}
            {{ toJSON (omit (strdict "a" "1" "b" "2") "a" "x") }}      | {"b":"2"}
            {{ (index (fromJSON "[1,{\\"a\\":true}]") 1).a }}            | true
            {{ fromJSON "no json" }}                                   | {}
            {{ structToJSON nil }}                                     | {}
            {{ directory "/etc/certs/ca.pem" }}                        | /etc/certs/
            {{ directory "ca.pem" }}                                   | ^^
            {{ contains "/" "a/b" }}                                   | true
            {{ toLower "ReplicaSet" }}                                 | replicaset
            {{ env "SET" "d" }} {{ env "BLANK" "d" }} {{ env "X" "d" }} | value d d
            {{ isset (strdict "a" "") "a" }} {{ isset nil "a" }}       | true false
            {{ formatDuration "23s" }} {{ formatDuration "90s" }} {{ formatDuration "3600.5s" }} | 23s 1m30s 1h0m0.5s
            {{ kubevirtInterfaces "net1" }}{{ excludeInterfaces "" }}  | net1
            """)
    @DisplayName("do what the specification says")
    void table(String text, String expected) {
        assertThat(render(text, null).text()).isEqualTo(expected);
    }

    /** As {@code encoding/json} of Go prints {@code corev1.Container}: fields in the order of their declaration, resources always, empty ones not. */
    @Test
    @DisplayName("structs are JSON in Go's order of fields, also in a list and in Sprig's functions")
    void structs() throws Exception {
        var pod = JSON.readTree("""
                {"spec": {"nodeName": "", "containers": [{"ports": [{"containerPort": 80, "name": "http"}], "image": "a<b", "name": "app", "odd": 1,
                  "resources": {"limits": {"cpu": "1000m"}}, "livenessProbe": {"httpGet": {"port": "http"}, "timeoutSeconds": 0}}], "hostNetwork": true}}
                """);
        Map<String, Object> data = Map.of("Spec", GoViews.podSpec(pod.path("spec")), "Meta",
                GoViews.objectMeta(JSON.readTree("{\"labels\":{\"b\":\"1\",\"a\":\"2\"},\"name\":\"x\"}")));
        String container = "{\"name\":\"app\",\"image\":\"a\\u003cb\",\"ports\":[{\"name\":\"http\",\"containerPort\":80}],"
                + "\"resources\":{\"limits\":{\"cpu\":\"1\"}},\"livenessProbe\":{\"httpGet\":{\"port\":\"http\"}}}";
        for (String function : List.of("structToJSON", "toJson", "mustToJson")) {
            assertThat(render("{{ " + function + " .Spec.Containers }}", data).text()).as(function).isEqualTo("[" + container + "]");
            assertThat(render("{{ " + function + " (index .Spec.Containers 0) }}", data).text()).as(function).isEqualTo(container);
            assertThat(render("{{ " + function + " .Spec }}", data).text()).as(function)
                    .isEqualTo("{\"containers\":[" + container + "],\"hostNetwork\":true}");
        }
        assertThat(render("{{ toRawJson .Spec.Containers }}", data).text()).contains("\"image\":\"a<b\"");
        assertThat(render("{{ toPrettyJson .Meta }}", data).text()).isEqualTo("""
                {
                  "name": "x",
                  "labels": {
                    "a": "2",
                    "b": "1"
                  }
                }""");
    }

    @Test
    @DisplayName("toYaml ends with a line break and indent leaves the first line alone")
    void yaml() {
        assertThat(render("x: {{ toYaml (fromJSON `{\"b\":[1000000,\"on\"],\"a\":{}}`) | indent 2 }}", null).text())
                .isEqualTo("x: a: {}\n  b:\n  - 1000000\n  - \"on\"\n  ");
    }

    @Test
    @DisplayName("annotation gives the value where the key exists and the printed default elsewhere")
    void annotation() {
        var meta = GoViews.objectMeta(JSON.readTree("{\"annotations\":{\"set\":\"v\",\"empty\":\"\"}}"));
        assertThat(render(
                "{{ annotation . `set` 1 }}|{{ annotation . `empty` 1 }}|{{ annotation . `no` 15020.0 }}|{{ annotation . `no` nil }}",
                meta).text()).isEqualTo("v||15020|<nil>");
    }

    @Test
    @DisplayName("results remember whose text they hold")
    void origins() {
        var value = new OriginText("a,b", new Origin("annotation \"x\""));
        assertThat(render("{{ excludeInboundPort 1 . }}", value).spans()).singleElement()
                .satisfies(span -> assertThat(span.origin().description()).isEqualTo("annotation \"x\""));
        assertThat(render("{{ toJSON (strdict `k` .) }}", value).spans()).singleElement()
                .satisfies(span -> assertThat(span.encoded()).isTrue());
        assertThat(render("{{ toLower . }}{{ directory . }}{{ appendMultusNetwork . `n` }}", value).spans()).hasSize(3);
        assertThat(render("{{ toYaml (strdict `k` .) }}", value).spans()).isEmpty();
        assertThat(render("{{ (fromJSON .).a }}", new OriginText("{\"a\":\"b\"}", new Origin("annotation \"x\""))).spans()).hasSize(1);
    }
}
