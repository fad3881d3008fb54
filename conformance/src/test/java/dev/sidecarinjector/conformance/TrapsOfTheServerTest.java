package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong easily between a request and its answer; the numbers are those of the list of traps. */
class TrapsOfTheServerTest {
    private static final String REVIEW = "admission.k8s.io/v1";
    private static WebhookPath webhook;

    @BeforeAll
    static void start() {
        webhook = WebhookPath.start();
    }

    @AfterAll
    static void stop() {
        webhook.close();
    }

    private static ObjectNode plainPod() {
        return Corpus.pods("deployment-plain").getFirst();
    }

    /** Trap 92. */
    @Test
    void aContentTypeWithACharsetIsRefused() throws Exception {
        byte[] body = WebhookPath.reviewOf(plainPod(), "bakery", REVIEW);
        assertThat(webhook.post("/inject", body, "application/json; charset=utf-8").statusCode()).isEqualTo(415);
        assertThat(webhook.post("/inject", body, "application/json").statusCode()).isEqualTo(200);
    }

    /** Trap 93. */
    @Test
    void whatIsNoReviewIsAnsweredAsARefusal() throws Exception {
        HttpResponse<String> response = webhook.post("/inject", "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}".getBytes(StandardCharsets.UTF_8),
                "application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = Tables.json(response.body());
        assertThat(answer.has("kind") || answer.has("apiVersion")).isFalse();
        assertThat(answer.path("response").path("allowed").asBoolean(true)).isFalse();
        assertThat(answer.at("/response/status/message").asString()).isNotBlank();
    }

    /** Trap 94. */
    @Test
    void aRefusalIsAnAnswerThatCounts() throws Exception {
        ObjectNode pod = plainPod();
        pod.withObject("/metadata/annotations").put("sidecar.istio.io/proxyCPU", "much");
        double before = counter("success");
        assertThat(webhook.review(pod, "bakery", "/inject").path("allowed").asBoolean(true)).isFalse();
        assertThat(counter("success")).isEqualTo(before + 1);
    }

    private static double counter(String name) throws Exception {
        double sum = 0;
        Matcher line = Pattern.compile("(?m)^sidecar_injection_" + name + "_total(?:\\{[^}]*})? (\\S+)$").matcher(webhook.get("/metrics"));
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    /** Trap 106. */
    @Test
    void thePatchFitsAPodThatLacksEverythingOptional() throws Exception {
        ObjectNode pod = Trial.pod("{spec: {containers: [{name: app, image: example/app}]}}");
        assertThat(pod.has("metadata")).isFalse();
        JsonNode admitted = webhook.admit(pod, "bakery");
        assertThat(Trial.container(admitted, "istio-proxy").isObject()).isTrue();
        assertThat(Trial.annotation(admitted, "sidecar.istio.io/status")).isNotNull();
    }

    /** Trap 111. */
    @Test
    void aMadeUpStatusIsNoCatastrophe() throws Exception {
        for (String status : new String[]{"{\"containers\":\"x\"}", "{\"containers\":[1,{}]}", "[]", "7", "{\"initContainers\":{\"a\":1}}",
                "{"}) {
            ObjectNode pod = plainPod();
            pod.withObject("/metadata/annotations").put("sidecar.istio.io/status", status);
            JsonNode response = webhook.review(pod, "bakery", "/inject");
            String said = response.path("status").path("message").asString("") + response.path("warnings");
            assertThat(said).as(status).contains("sidecar.istio.io/status");
            assertThat(webhook.review(plainPod(), "bakery", "/inject").path("allowed").asBoolean(false)).isTrue();
        }
    }

    /** Trap 112. */
    @Test
    void aReviewWithoutARequestIsRefusedWithTheReason() throws Exception {
        byte[] body = ("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"" + REVIEW + "\"}").getBytes(StandardCharsets.UTF_8);
        JsonNode response = Tables.json(webhook.post("/inject", body, "application/json").body()).path("response");
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/message").asString()).contains("request");
    }

    /** Section 14. */
    @Test
    void theUrlNamesClusterAndNetwork() throws Exception {
        ObjectNode pod = plainPod();
        JsonNode admitted = WebhookPath.apply(webhook.review(pod, "bakery", "/inject/cluster/east--slash--1/net/n1"), pod);
        JsonNode proxy = Trial.container(admitted, "istio-proxy");
        assertThat(Trial.env(proxy, "ISTIO_META_CLUSTER_ID")).isEqualTo("east/1");
        assertThat(Trial.env(proxy, "ISTIO_META_NETWORK")).isEqualTo("n1");
        assertThat(admitted.at("/metadata/labels/topology.istio.io~1network").asString()).isEqualTo("n1");
    }

    /** Trap 114. */
    @Test
    void anAdmittedPodIsAdmittedAgainUnchanged() throws Exception {
        for (ObjectNode pod : Corpus.pods()) {
            if (Trial.annotation(pod, "inject.istio.io/templates") != null) {
                continue; // it asks for a template that does not ship
            }
            JsonNode once = webhook.admit(pod, "bakery");
            JsonNode twice = webhook.admit((ObjectNode) once, "bakery");
            assertThat(Sameness.difference(once, twice)).as("%s", pod.at("/metadata")).isNull();
        }
    }
}
