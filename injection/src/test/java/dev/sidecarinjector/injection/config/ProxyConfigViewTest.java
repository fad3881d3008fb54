package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Template;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyConfigViewTest {
    private static final ProxyConfig CONFIG = ProxyConfig.defaults().apply(dev.sidecarinjector.fixtures.YamlTrees.read("""
            interceptionMode: TPROXY
            holdApplicationUntilProxyStarts: false
            concurrency: 3
            extraStatTags: [x, y]
            proxyMetadata: {K: v}
            tracing: {sampling: 12.5, tlsSettings: {caCertificates: /ca}, stackdriver: {maxNumberOfAttributes: 7}}
            """), false);

    private static Rendered render(ProxyConfig config, String template) {
        return Template.parse("t", template, Map.of()).render(Map.of("P", config.go()), Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{{ .P.InterceptionMode }}|TPROXY", "{{ .P.InterceptionMode.String }}|TPROXY",
            "{{ printf `%s` .P.GetInterceptionMode }}|TPROXY", "{{ .P.HoldApplicationUntilProxyStarts.GetValue }}|false",
            "{{ if .P.HoldApplicationUntilProxyStarts }}set{{ end }}|set", "{{ .P.Concurrency.GetValue }} {{ .P.Concurrency.Value }}|3 3",
            "{{ index .P.ProxyMetadata `K` }}-{{ index .P.ProxyMetadata `no` }}-|v--", "{{ range .P.ExtraStatTags }}{{ . }};{{ end }}|x;y;",
            "{{ .P.GetTracing.GetTlsSettings.GetCaCertificates }}|/ca", "{{ .P.Tracing.Sampling }}|12.5",
            "{{ .P.GetTracing.GetStackdriver.GetMaxNumberOfAttributes.GetValue }}|7", "{{ .P.StatusPort }}|15020",
            "{{ .P.ConfigPath }}|./etc/istio/proxy",
            "{{ .P.DrainDuration }}|45s", "{{ .P.DrainDuration.Seconds }}|45", "{{ .P.MeshId }}.|.", "{{ len .P.CaCertificatesPem }}|0"})
    void templatesReadFieldsAndGetters(String template, String expected) {
        assertThat(render(CONFIG, template).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{{ .P.GetTracing.GetTlsSettings.GetCaCertificates }}.|.",
            "{{ if .P.GetTracing.GetTlsSettings }}x{{ end }}.|.",
            "{{ if .P.Tracing }}x{{ end }}.|.", "{{ .P.HoldApplicationUntilProxyStarts.GetValue }}|false",
            "{{ if .P.Concurrency }}x{{ end }}.|.",
            "{{ .P.InterceptionMode }}|REDIRECT", "{{ if .P.InterceptionMode }}x{{ end }}.|.", "{{ index .P.ProxyMetadata `a` }}.|.",
            "{{ if .P.ProxyMetadata }}x{{ end }}.|.", "{{ .P.Image.GetImageType }}.|."})
    void whatIsNotSetCanBeAsked(String template, String expected) {
        assertThat(render(ProxyConfig.defaults(), template).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchField", "GetNoSuchField", "configPath", "Get"})
    void namesThatGoDoesNotHaveAreUnknown(String name) {
        assertThat(CONFIG.go().member(name)).isSameAs(GoStruct.NO_SUCH_MEMBER);
    }

    @Test
    void everyFieldHasAMemberAndAGetter() {
        for (ProtoField field : ProxySchema.type("ProxyConfig").fields()) {
            for (GoStruct view : new GoStruct[]{CONFIG.go(), ProxyConfig.empty().go()}) {
                assertThat(view.member(field.goName())).as(field.goName()).isNotSameAs(GoStruct.NO_SUCH_MEMBER);
                assertThat(GoFormat.sprint(view.member("Get" + field.goName()))).as("Get" + field.goName()).isNotNull();
            }
        }
        assertThat(ProtoField.parse("k8sSaJwtPath string").goName()).isEqualTo("K8SSaJwtPath");
    }

    @Test
    void textsOfTheAnnotationCarryTheirOriginAndTextsOfTheOperatorDoNot() {
        ProxyConfig mixed = CONFIG.apply("{meshId: evil, proxyMetadata: {X: w}, tracing: {zipkin: {address: 'z:1'}}, extraStatTags: [t]}");
        assertThat(mixed.go().member("MeshId")).isInstanceOf(OriginText.class);
        assertThat(mixed.go().member("ConfigPath")).isInstanceOf(String.class);
        Rendered rendered = render(mixed,
                "{{ range $k, $v := .P.ProxyMetadata }}{{ $k }}={{ $v }};{{ end }}{{ .P.GetTracing.GetZipkin.GetAddress }};"
                        + "{{ index .P.ExtraStatTags 0 }}");
        assertThat(rendered.text()).isEqualTo("K=v;X=w;z:1;t");
        assertThat(rendered.spans()).extracting(span -> rendered.text().substring(span.start(), span.end())).contains("X", "w", "z:1", "t")
                .doesNotContain("v");
        assertThat(render(CONFIG, "{{ range $k, $v := .P.ProxyMetadata }}{{ $k }}={{ $v }}{{ end }}").spans()).isEmpty();
    }
}
