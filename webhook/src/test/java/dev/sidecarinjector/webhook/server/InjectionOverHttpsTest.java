package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.injection.patch.JsonPatch.Op;
import dev.sidecarinjector.injection.patch.JsonPatch.Operation;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engine and the templates that ship behind the real port. */
class InjectionOverHttpsTest {
    private static final Injector SHIPPED = injector("");
    private static WebhookServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = WebhookServer.start(ServerOptions.loopback(), SHIPPED, ClusterView.NONE);
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void shipped() {
        server.use(SHIPPED, ClusterView.NONE);
    }

    @Test
    void aPodGetsItsSidecar() throws Exception {
        JsonNode pod = injected(Reviews.POD);
        assertThat(pod.at("/spec/containers").findValuesAsString("name")).contains("main", "istio-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":[{\"name\":\"a\"}]}}",
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"containers\":[{\"name\":\"a\"}]}}",
            "{\"spec\":{\"containers\":[{\"name\":\"a\",\"env\":null,\"volumeMounts\":null}],\"volumes\":null},\"metadata\":{\"annotations\":null,\"labels\":null}}"})
    void thePatchFitsObjectsThatTheApiServerHasNotCompleted(String pod) throws Exception {
        assertThat(injected(pod).at("/spec/containers").findValuesAsString("name")).contains("a", "istio-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"containers\":\"x\"}", "{\"containers\":[1,{}]}", "[]", "null", "no json", "{\"initContainers\":{\"a\":1}}",
            ""})
    void aMalformedStatusCostsNobodyElseAnAnswer(String status) throws Exception {
        JsonNode annotations = JsonMapper.shared().createObjectNode().put("sidecar.istio.io/status", status);
        JsonNode answer = client.review(Reviews.v1(Reviews.POD.replace("\"labels\"", "\"annotations\":" + annotations + ",\"labels\"")));
        assertThat(answer.at("/response/uid").asString()).isEqualTo("u-1");
        assertThat(answer.at("/response/status/message").asString("")).doesNotContain("internal error");
        assertThat(injected(Reviews.POD)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":7,\"spec\":[]}",
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"labels\":[],\"annotations\":\"x\"},\"spec\":{\"containers\":{}}}",
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"containers\":[7,null,\"x\"]}}",
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"containers\":[{\"name\":7,\"ports\":\"x\",\"readinessProbe\":{\"httpGet\":[]}}]}}"})
    void aPodOfWrongTypesIsRefusedWithAReason(String pod) throws Exception {
        JsonNode response = client.review(Reviews.v1(pod)).get("response");
        assertThat(response.get("allowed").asBoolean()).as(response.toString()).isFalse();
        assertThat(response.at("/status/message").asString()).isNotEmpty().doesNotContain("internal error");
    }

    @Test
    void theConfigurationIsExchangedWhileServing() throws Exception {
        server.use(injector("policy: disabled\n"), ClusterView.NONE);
        assertThat(client.review(Reviews.v1(Reviews.POD)).get("response").toString()).isEqualTo("{\"uid\":\"u-1\",\"allowed\":true}");
    }

    private static Injector injector(String policy) {
        String config = policy.isEmpty() ? ShippedTemplates.config() : ShippedTemplates.config().replaceFirst("(?m)^policy: .*\n", policy);
        return new Injector(Configuration.load(config, ShippedTemplates.values(), ShippedTemplates.mesh(), Features.DEFAULT));
    }

    private static JsonNode injected(String pod) throws Exception {
        JsonNode answer = client.review(Reviews.v1(pod));
        assertThat(answer.at("/response/allowed").asBoolean()).as(answer.toString()).isTrue();
        List<Operation> operations = new ArrayList<>();
        for (JsonNode operation : JsonMapper.shared().readTree(Base64.getDecoder().decode(answer.at("/response/patch").asString()))) {
            operations.add(
                    new Operation(Op.valueOf(operation.get("op").asString().toUpperCase(Locale.ROOT)), operation.get("path").asString(),
                            operation.get("value")));
        }
        return new JsonPatch(operations).apply(JsonMapper.shared().readTree(pod));
    }
}
