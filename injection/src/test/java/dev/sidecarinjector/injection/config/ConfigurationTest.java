package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static Configuration load(String config, String values, String mesh) {
        return Configuration.load(config, values, mesh, Features.DEFAULT);
    }

    private static InjectConfig inject(String config) {
        return load(config, "{}", "").inject();
    }

    @Test
    void theShippedTextsLoadWithoutAWarning() {
        Configuration configuration = load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh());
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.inject().templates().keySet()).containsExactlyElementsOf(ShippedTemplates.NAMES);
        assertThat(configuration.mesh().defaultConfig().cleanJson()).isEqualTo("{}");
    }

    @Test
    void defaultsOfTheConfig() {
        InjectConfig config = inject("policy: enabled");
        assertThat(config.defaultTemplates()).containsExactly("sidecar");
        assertThat(config.templates()).isEmpty();
        assertThat(config.aliases()).isEmpty();
        assertThat(config.injectedAnnotations()).isEmpty();
        assertThat(inject("{policy: enabled, defaultTemplates: []}").defaultTemplates()).containsExactly("sidecar");
        assertThat(load("{policy: enabled, templates: {a: ''}, alwaysInjectSelectors: []}", "{}", "").warnings())
                .containsExactly("config: the key alwaysInjectSelectors is not known and is ignored");
        assertThat(load("policy: enabled", "{}", "").warnings()).containsExactly("config: no templates; no pod can be injected");
    }

    @Test
    void allItsFieldsAreRead() {
        InjectConfig config = inject("""
                policy: disabled
                defaultTemplates: [a, b]
                templates: {a: "x: {{ .Values }}", b: ""}
                aliases: {both: [a, b]}
                injectedAnnotations: {k: v}
                neverInjectSelector: [{matchLabels: {x: z}}]
                alwaysInjectSelector: [{matchExpressions: [{key: x, operator: Exists}]}]
                """);
        assertThat(config.policy()).isEqualTo("disabled");
        assertThat(config.defaultTemplates()).containsExactly("a", "b");
        assertThat(config.templates()).containsOnlyKeys("a", "b");
        assertThat(config.aliases()).isEqualTo(Map.of("both", List.of("a", "b")));
        assertThat(config.injectedAnnotations()).isEqualTo(Map.of("k", "v"));
        assertThat(config.neverInjectSelector()).hasSize(1);
        assertThat(config.alwaysInjectSelector()).hasSize(1);
    }

    @Test
    void unknownKeysAreIgnoredAlsoAnUnparsableTemplateOfOldTimes() {
        assertThat(inject("{policy: enabled, template: '{{ nonsense', extra: [1], templates: {a: ok}}").templates()).containsOnlyKeys("a");
    }

    @Test
    void anErrorInAnyTemplateRejectsTheWholeConfigAndNamesTheTemplate() {
        assertThatThrownBy(() -> inject("{policy: enabled, templates: {good: ok, waypoint: \"a\\nb {{ if }}\"}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("config: the template \"waypoint\" cannot be parsed: template: waypoint:2:");
        assertThatThrownBy(() -> inject("{policy: enabled, templates: {odd: '{{ noSuchFunction 1 }}'}}"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("\"odd\"").hasMessageContaining("noSuchFunction");
    }

    @Test
    void anInvalidSelectorIsLeftOutWithAWarning() {
        Configuration configuration = load("{policy: enabled, templates: {a: ''}, neverInjectSelector: [{matchLabels: {a: b}}, "
                + "{matchExpressions: [{key: k, operator: like}]}]}", "{}", "");
        assertThat(configuration.inject().neverInjectSelector()).hasSize(1);
        assertThat(configuration.warnings()).singleElement().asString().startsWith("config: neverInjectSelector[1] is ignored: key k: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'policy: [x]'|{}|''|config: policy: expected text",
            "templates: [a]|{}|''|config: templates: expected a map",
            "'templates: {a: [b]}'|{}|''|config: templates.a: expected text", "'aliases: {a: b}'|{}|''|config: aliases.a: expected a list",
            "'a: b: c'|{}|''|config: line 1, column ", "text|{}|''|config: expected a map",
            "'policy: enabled'|'{'|''|could not parse configuration values: line ",
            "'policy: enabled'|[1]|''|could not parse configuration values: expected a map",
            "'policy: enabled'|{}|'proxyListenPort: -1'|mesh: invalid proxy listen port"})
    void whatCannotBeUsedIsRefusedWithItsPlace(String config, String values, String mesh, String message) {
        assertThatThrownBy(() -> load(config, values, mesh)).isInstanceOf(ConfigurationException.class).hasMessageStartingWith(message);
    }

    @Test
    void suspiciousSettingsAreWarnings() {
        assertThat(load("{policy: perhaps, templates: {a: ''}}", "{global: {tag: 1.10}}", "trustDomian: x").warnings())
                .containsExactlyInAnyOrder(
                        "config: policy is \"perhaps\"; no pod is injected unless it is enabled or disabled",
                        "values: global.tag is a number and is printed as 1.1; put it in quotes",
                        "mesh: the field trustDomian is not known and is ignored");
    }

    @Test
    void valuesAreAnUntypedImmutableMapWithDoubles() {
        Values values = Values.parse("{a: {i: 15020, big: 1000000, f: 1.5, t: '1', b: true, nil: null, l: [1, {x: z}]}}");
        Map<?, ?> a = (Map<?, ?>) ((Map<?, ?>) values.go()).get("a");
        assertThat(a.get("i")).isEqualTo(15020.0);
        assertThat(a.get("t")).isEqualTo("1");
        assertThat(a.get("b")).isEqualTo(true);
        assertThat(a.containsKey("nil")).isTrue();
        assertThat(a.get("nil")).isNull();
        assertThat(a.get("l")).isEqualTo(List.of(1.0, Map.of("x", "z")));
        assertThatThrownBy(() -> ((Map<?, ?>) values.go()).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(values.go()).isSameAs(values.go());
        assertThat(values.text("a", "i")).isEqualTo("15020");
        assertThat(values.text("a", "big")).isEqualTo("1e+06");
        assertThat(values.text("a", "missing", "deep")).isEmpty();
        assertThat(values.flag(false, "a", "b")).isTrue();
        assertThat(values.flag(true, "a", "missing")).isTrue();
        assertThat(Values.parse("").go()).isNull();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"'1.2',-,-,h/proxyv2:1.2", "11,-,-,h/proxyv2:11", "1.10,-,-,h/proxyv2:1.1",
            "'1.2',debug,-,h/proxyv2:1.2-debug",
            "'1.2-debug',distroless,-,h/proxyv2:1.2-distroless", "'1.2-debug',default,-,h/proxyv2:1.2",
            "'1.2',debug,distroless,h/proxyv2:1.2-distroless",
            "'1.2-debug',distroless,'',h/proxyv2:1.2-debug", "'1.2-debug-distroless',default,-,h/proxyv2:1.2-debug",
            "'1.2-rc',debug,-,h/proxyv2:1.2-rc-debug"})
    void imagesOfTheProxy(String tag, String configured, String annotation, String image) {
        Values values = Values.parse("{global: {hub: h, tag: " + (tag.startsWith("1.2") ? "'" + tag + "'" : tag) + "}}");
        ProxyConfig config = configured == null
                ? ProxyConfig.defaults()
                : ProxyConfig.defaults().apply(YamlTrees.read("{image: {imageType: " + configured + "}}"), false);
        assertThat(Images.proxy(values, config, annotation)).hasToString(image);
    }

    @Test
    void theVariantAndTheInitImage() {
        Values values = Values.parse("{global: {hub: h, tag: t, variant: distroless, proxy: {image: p}, proxy_init: {image: i}}}");
        ProxyConfig debug = ProxyConfig.defaults().apply(YamlTrees.read("{image: {imageType: debug}}"), false);
        assertThat(Images.proxy(values, debug, null)).isEqualTo("h/p:t-debug");
        assertThat(Images.proxy(values, ProxyConfig.defaults(), null)).isEqualTo("h/p:t-distroless");
        assertThat(Images.proxyInit(values, null)).isEqualTo("h/i:t-distroless");
        assertThat(Images.proxyInit(values, "")).hasToString("h/i:t");
        assertThat(Images.proxy(values, ProxyConfig.defaults().apply("{image: {imageType: x}}"), null))
                .as("a type that the pod's author chose").isInstanceOf(dev.sidecarinjector.gotemplate.OriginText.class);
    }

    @ParameterizedTest
    @CsvSource({"v1.33.0,true", "v1.34.2-eks-1,true", "1.33.0,true", "v1.32.9,false", "v1.100.0,true", "v2.1.0,false", "'',false",
            "v1,false",
            "v1.33+.0,false", "v1.x.0,false", "v1.33,true"})
    void onlyTheMinorVersionOfAKubeletCounts(String version, boolean recent) {
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, Map.of("n", version), "")).isEqualTo(recent);
    }

    @Test
    void nodesTogetherOrTheOwnOneAlone() {
        Map<String, String> nodes = Map.of("old", "v1.28.0", "new", "v1.34.0");
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, nodes, "")).isFalse();
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, nodes, "new")).isTrue();
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, nodes, "unknown")).isFalse();
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, Map.of(), "")).isTrue();
        assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, null, "")).isFalse();
        assertThat(NativeSidecars.detect(Features.NativeMode.ON, null, "old")).isTrue();
        assertThat(NativeSidecars.detect(Features.NativeMode.OFF, Map.of("new", "v1.34.0"), "new")).isFalse();
    }

    /** The two ways cannot come to different answers, and the map is one like any other. */
    @Test
    void versionsThatAreKeptForManyPodsGiveTheSameAnswers() {
        for (Map<String, String> nodes : List.of(Map.<String, String>of(), Map.of("new", "v1.34.0"), Map.of("old", "v1.32.9"),
                Map.of("new", "v1.34.0", "old", "v1.28.0"), Map.of("odd", "unknown", "new", "v1.33.0"))) {
            KubeletVersions kept = new KubeletVersions(nodes);
            assertThat(kept).isEqualTo(nodes);
            assertThat(kept.get("missing")).isNull();
            for (String node : List.of("", "new", "old", "odd", "missing")) {
                assertThat(NativeSidecars.detect(Features.NativeMode.AUTO, kept, node)).as(nodes + " for a pod on " + node)
                        .isEqualTo(NativeSidecars.detect(Features.NativeMode.AUTO, nodes, node));
            }
        }
    }

    @Test
    void manyFaultsOfValuesAreToldInOneMessageOfLimitedLength() {
        String text = "{" + IntStream.range(0, 25).mapToObj(i -> "k" + i + ": " + "x".repeat(500)).collect(Collectors.joining(", ")) + "}";
        JsonSchema schema = JsonSchema.parse("{\"type\": \"object\", \"x-expected\": \"a map\","
                + " \"additionalProperties\": {\"type\": \"integer\", \"x-expected\": \"a number\"}}");
        assertThatThrownBy(() -> Values.parse(text, schema)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("values: k0: expected a number, got \"xxx").hasMessageContaining("…; k9: ")
                .hasMessageEndingWith("; and 15 more").message().hasSizeLessThan(1200).doesNotContain("k10:");
    }
}
