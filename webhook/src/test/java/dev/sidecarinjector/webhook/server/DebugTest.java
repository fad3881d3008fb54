package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.observe.ConfigurationReport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The port for people. */
class DebugTest {
    private static final String SECRET = "values: {global: {password: hunter2}}";
    private static WebhookServer server;

    @BeforeAll
    static void start() {
        Configuration configuration = Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(),
                Features.DEFAULT);
        Admissions admissions = new Admissions(new Injector(configuration)::inject, ClusterView.NONE);
        server = WebhookServer.start(ServerOptions.loopback().withPorts(-1, 0),
                new Surroundings(admissions, "default", new Readiness(), new PrometheusRegistry(), AdmissionObserver.NONE, null,
                        () -> ConfigurationReport.of(configuration, ShippedTemplates.config(), SECRET, "", "/etc/injector",
                                Instant.parse("2026-03-01T10:00:00Z"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPodIsExaminedWithAllSteps() throws Exception {
        JsonNode examined = JsonMapper.shared().readTree(send("POST", "/debug/inject?namespace=store", Reviews.POD).body());
        assertThat(examined.at("/decision/inject").asBoolean()).isTrue();
        assertThat(examined.at("/decision/reason").asString()).isEqualTo("policy_enabled");
        assertThat(examined.at("/decision/steps").findValuesAsString("rule")).contains("hostNetwork");
        assertThat(examined.at("/patch").findValuesAsString("path")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"kube-system|system_namespace", "store|policy_enabled"})
    void theNamespaceOfTheUrlDecides(String namespace, String reason) throws Exception {
        JsonNode examined = JsonMapper.shared().readTree(send("POST", "/debug/inject?namespace=" + namespace, Reviews.POD).body());
        assertThat(examined.at("/decision/reason").asString()).isEqualTo(reason);
        assertThat(examined.has("patch")).isEqualTo(reason.equals("policy_enabled"));
    }

    @Test
    void aReviewAndYamlAreTakenToo() throws Exception {
        assertThat(send("POST", "/debug/inject", Reviews.v1(Reviews.POD)).body()).contains("policy_enabled");
        assertThat(send("POST", "/debug/inject", "kind: Pod\nmetadata: {labels: {sidecar.istio.io/inject: 'false'}}\nspec: {}\n").body())
                .contains("switch_off");
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "{, 400", "[], 400", "{\"kind\":\"Deployment\"}, 400", "\"a: [\", 400"})
    void whatIsNoPodIsSaidToBeNone(String body, int status) throws Exception {
        assertThat(send("POST", "/debug/inject", body).status()).isEqualTo(status);
    }

    @Test
    void theConfigurationIsShownWithoutItsTexts() throws Exception {
        String shown = send("GET", "/debug/config", "").body();
        JsonNode report = JsonMapper.shared().readTree(shown);
        assertThat(report.get("revision").asString()).isEqualTo("default");
        assertThat(report.get("origin").asString()).isEqualTo("/etc/injector");
        assertThat(report.get("loaded").asString()).isEqualTo("2026-03-01T10:00:00Z");
        // printf '' | sha256sum
        assertThat(report.at("/mesh/sha256").asString()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(report.at("/config/templates").propertyNames()).contains("envoy", "sidecar");
        assertThat(shown).doesNotContain("hunter2");
    }

    @Test
    void theLevelOfTheLogCanBeReadAndChanged() throws Exception {
        assertThat(send("GET", "/debug/loglevel", "").body()).isEqualTo("info\n");
        assertThat(send("PUT", "/debug/loglevel", "Debug\n").body()).isEqualTo("debug\n");
        assertThat(send("GET", "/debug/loglevel", "").body()).isEqualTo("debug\n");
        assertThat(send("PUT", "/debug/loglevel", "loud").status()).isEqualTo(400);
        assertThat(send("PUT", "/debug/loglevel", "info").body()).isEqualTo("info\n");
    }

    private static KeptConnection.Answer send(String method, String path, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (KeptConnection connection = KeptConnection.plain(server.debugPort())) {
            return connection.send(KeptConnection.request(method + " " + path, "Content-Length: " + bytes.length + "\r\n", bytes));
        }
    }
}
