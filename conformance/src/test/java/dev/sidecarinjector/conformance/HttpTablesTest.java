package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.ProxyEnv;
import dev.sidecarinjector.webhook.config.ConfigurationFolder;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables about the webhook as a server. */
@WithConformanceData
class HttpTablesTest {
    private static final String CONFIG = """
            policy: enabled
            templates:
              sidecar: |
                spec:
                  initContainers: [{name: istio-init}]
                  containers: [{name: istio-proxy}]
                  volumes: [{name: istio-envoy}]
                  imagePullSecrets: [{name: istio-image-pull-secrets}]
            """;
    private static WebhookPath webhook;
    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        webhook = WebhookPath.start();
        webhook.use(new CaseConfiguration(CONFIG, "{}", ""), Features.DEFAULT, ClusterView.NONE);
    }

    @AfterAll
    static void stop() {
        webhook.close();
    }

    @TestFactory
    Stream<DynamicTest> requestsAndAnswers() {
        return Tables.rows("TestRunAndServe", row -> {
            HttpResponse<String> response = webhook.post("/inject", body(row), row.path("contentType").asString());
            assertThat(response.statusCode()).isEqualTo(row.path("wantStatus").asInt());
            if (row.has("wantAllowed")) {
                JsonNode answer = ConformanceData.JSON.readTree(response.body()).path("response");
                assertThat(answer.path("allowed").asBoolean()).isEqualTo(row.path("wantAllowed").asBoolean());
                assertThat(answer.has("patch")).isEqualTo(row.path("name").asString().startsWith("valid"));
            }
        });
    }

    private static byte[] body(JsonNode row) {
        if (row.has("body")) {
            return row.path("body").asString().getBytes(StandardCharsets.UTF_8);
        }
        if (row.has("bodyBytes")) {
            byte[] bytes = new byte[row.path("bodyBytes").size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) row.path("bodyBytes").get(i).asInt();
            }
            return bytes;
        }
        ObjectNode pod = Tables.pod(row.path("none"), row.path("podAnnotation"));
        return WebhookPath.reviewOf(pod, "default", row.path("apiVersion").asString("admission.k8s.io/v1"));
    }

    @TestFactory
    Stream<DynamicTest> variablesOutOfTheUrl() {
        return Tables.rows("TestParseInjectEnvs", row -> {
            String path = row.path("path").asString();
            if (path.startsWith("(url-decoded) ")) {
                path = URLDecoder.decode(path.substring("(url-decoded) ".length()), StandardCharsets.UTF_8);
            }
            assertThat(ProxyEnv.of(path).variables()).isEqualTo(Tables.map(row.path("want")));
        });
    }

    @TestFactory
    Stream<DynamicTest> valuesThatCannotBeParsedAreRefused() {
        return Tables.rows("TestNewWebhookConfigParsingError", row -> assertThatThrownBy(
                () -> Configuration.load(CONFIG, row.path("values").asString(), "", Features.DEFAULT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("values"));
    }

    @TestFactory
    Stream<DynamicTest> valuesAreKeptAsTheyAre() {
        return Tables.rows("TestNewWebhookConfigParsingSuccess", row -> {
            Configuration loaded = Configuration.load(CONFIG, row.path("values").asString(), "", Features.DEFAULT);
            assertThat(loaded.values().tree()).isEqualTo(Tables.json("{\"global\":{\"proxy\":{\"image\":\"proxyv2\"}}}"));
        });
    }

    /** A reload is: load all texts together, exchange only when that worked. */
    @TestFactory
    Stream<DynamicTest> theLastGoodConfigurationStays() {
        Configuration[] inForce = {null};
        return Tables.rows("TestNewConfigMapWatcher", row -> {
            String step = row.path("step").asString();
            boolean exchanged = false;
            write("config", step.contains("config key missing") ? null : step.contains("not parsable") ? "{{{" : CONFIG, step);
            write("values", step.contains("values key missing") ? null : "{}", step);
            try (ConfigurationFolder source = new ConfigurationFolder(folder, null)) {
                inForce[0] = source.load(Features.DEFAULT);
                exchanged = true;
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageContaining(folder.toString());
            }
            assertThat(exchanged).as(step).isEqualTo(step.contains("good"));
            assertThat(inForce[0]).as(step).isNotNull();
        });
    }

    private void write(String key, @Nullable String text, String step) throws IOException {
        Files.deleteIfExists(folder.resolve(key));
        if (text != null && !step.equals("delete")) {
            Files.writeString(folder.resolve(key), text);
        }
    }

    @Test
    void everyCounterCounts() throws Exception {
        Map<String, String> skip = Map.of("sidecar.istio.io/inject", "false");
        webhook.post("/inject", WebhookPath.reviewOf(Tables.pod(row(), row()), "default", "admission.k8s.io/v1"), "application/json");
        webhook.post("/inject",
                WebhookPath.reviewOf(Tables.pod(row(), ConformanceData.JSON.valueToTree(skip)), "default", "admission.k8s.io/v1"),
                "application/json");
        webhook.post("/inject", new byte[]{0, 1}, "application/json");
        String metrics = webhook.get("/metrics");
        for (String counter : new String[]{"requests", "success", "skip", "failure"}) {
            assertThat(metrics).containsPattern("(?m)^sidecar_injection_" + counter + "_total(\\{[^}]*})? [1-9]");
        }
    }

    private static JsonNode row() {
        return ConformanceData.JSON.nullNode();
    }
}
