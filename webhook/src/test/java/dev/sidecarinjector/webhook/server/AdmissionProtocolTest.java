package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Spec section 14 over real HTTPS. */
class AdmissionProtocolTest {
    private static final int LIMIT = 6 * 1024 * 1024;
    private static final StubEngine ENGINE = new StubEngine();
    private static WebhookServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = WebhookServer.start(ServerOptions.loopback(), ENGINE, ClusterView.NONE);
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admission.k8s.io/v1", "admission.k8s.io/v1beta1"})
    void anInjectedPodIsAllowedWithAPatchInTheVersionOfTheRequest(String apiVersion) throws Exception {
        JsonNode answer = client.review(Reviews.of(apiVersion, Reviews.POD));

        String patch = new String(Base64.getDecoder().decode(answer.at("/response/patch").asString()), StandardCharsets.UTF_8);
        assertThat(JsonMapper.shared().readTree(patch))
                .isEqualTo(JsonMapper.shared().readTree("[{\"op\":\"add\",\"path\":\"/metadata/injected\",\"value\":true}]"));
        ((ObjectNode) answer.get("response")).remove("patch");
        assertThat(answer).isEqualTo(JsonMapper.shared().readTree("""
            {"kind":"AdmissionReview","apiVersion":"%s","response":{"uid":"u-1","allowed":true,"patchType":"JSONPatch"}}"""
                .formatted(apiVersion)));
    }

    @Test
    void aSkippedPodIsAllowedAsItIs() throws Exception {
        assertThat(client.review(Reviews.v1(podThatSays("skip"))).get("response").toString())
                .isEqualTo("{\"uid\":\"u-1\",\"allowed\":true}");
    }

    @Test
    void aRefusedPodGetsTheErrorsText() throws Exception {
        assertThat(client.review(Reviews.v1(podThatSays("refuse"))).get("response").toString())
                .isEqualTo("{\"uid\":\"u-1\",\"allowed\":false,\"status\":{\"metadata\":{},\"message\":\"annotation do: bad\"}}");
    }

    @Test
    void warningsComeWithTheAnswer() throws Exception {
        JsonNode response = client.review(Reviews.v1(podThatSays("warn"))).get("response");
        assertThat(response.get("warnings").toString()).isEqualTo("[\"annotation do: odd; mend it\"]");
        assertThat(response.get("allowed").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "overflow"})
    void aFaultOfTheEngineRefusesThisPodAndServesTheNext(String fault) throws Exception {
        JsonNode response = client.review(Reviews.v1(podThatSays(fault))).get("response");
        assertThat(response.get("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/message").asString()).contains("internal error");
        assertThat(client.review(Reviews.v1(Reviews.POD)).at("/response/allowed").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST", "PATCH", "DELETE"})
    void theMethodDoesNotMatter(String method) throws Exception {
        HttpResponse<String> response = client.send(method, "/inject", "application/json",
                BodyPublishers.ofString(Reviews.v1(Reviews.POD)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"allowed\":true");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/json; charset=utf-8", "application/json;charset=UTF-8", "text/json", ""})
    void anyOtherContentTypeIsRefused(String contentType) throws Exception {
        HttpResponse<String> response = client.send("POST", "/inject", contentType.isEmpty() ? null : contentType,
                BodyPublishers.ofString(Reviews.v1(Reviews.POD)));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).isEqualTo("invalid Content-Type, want `application/json`\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml"})
    void anEmptyBodyIsRefusedWhateverItsType(String contentType) throws Exception {
        HttpResponse<String> response = client.send("POST", "/inject", contentType, BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("no body found\n");
    }

    @Test
    void aBodyOfExactlySixMebibytesIsServed() throws Exception {
        assertThat(client.post("/inject", reviewOfLength(LIMIT)).statusCode()).isEqualTo(200);
    }

    @Test
    void aByteMoreIsRefused() throws Exception {
        HttpResponse<String> response = client.post("/inject", reviewOfLength(LIMIT + 1));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("6291456 bytes");
    }

    @ParameterizedTest
    @CsvSource({"6291456, 200", "6291457, 400"})
    void theLimitHoldsForBodiesThatDoNotAnnounceTheirLength(int length, int status) throws Exception {
        byte[] body = reviewOfLength(length).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = client.send("POST", "/inject", "application/json",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\1\2\3\4\5", "{\"kind\":", "[]", "null", "7", "{}", "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v2\",\"request\":{}}", "{\"kind\":7,\"apiVersion\":[]}"})
    void whatIsNoReviewIsAnsweredWithoutKind(String body) throws Exception {
        JsonNode answer = client.review(body);
        assertThat(answer.propertyNames()).containsExactly("response");
        assertThat(answer.at("/response/uid").asString()).isEmpty();
        assertThat(answer.at("/response/allowed").asBoolean()).isFalse();
        assertThat(answer.at("/response/status/metadata").isEmpty()).isTrue();
        assertThat(answer.at("/response/status/message").asString()).startsWith("could not decode the body: ");
    }

    @ParameterizedTest
    @CsvSource({"[, 501, nesting depth", "'[],', 250001, token count"})
    void whatIsTooDeepOrTooManyIsRefusedByItsLimit(String part, int times, String limit) throws Exception {
        JsonNode answer = client.review(Reviews.v1(Reviews.POD.replace("\"shop:1\"", "[" + part.repeat(times))));
        assertThat(answer.at("/response/allowed").asBoolean()).isFalse();
        assertThat(answer.at("/response/status/message").asString().toLowerCase(Locale.ROOT)).contains(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}",
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":null}",
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":[]}"})
    void aReviewWithoutRequestIsRefusedWithTheReason(String body) throws Exception {
        JsonNode answer = client.review(body);
        assertThat(answer.get("apiVersion").asString()).isEqualTo("admission.k8s.io/v1");
        assertThat(answer.at("/response/allowed").asBoolean()).isFalse();
        assertThat(answer.at("/response/status/message").asString()).contains("no request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"pod\"", "[]"})
    void aReviewWithoutObjectIsRefusedWithTheReason(String object) throws Exception {
        JsonNode response = client.review(Reviews.v1(object)).get("response");
        assertThat(response.get("uid").asString()).isEqualTo("u-1");
        assertThat(response.get("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/message").asString()).contains("request.object");
    }

    @Test
    void anObjectOfAnotherKindIsRefusedWithTheReason() throws Exception {
        JsonNode response = client.review(Reviews.v1("{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{}}"))
                .get("response");
        assertThat(response.get("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/message").asString()).contains("\"Deployment\"", "only pods");
    }

    @Test
    void anObjectWithoutKindIsTakenForAPod() throws Exception {
        assertThat(client.review(Reviews.v1("{\"spec\":{\"containers\":[]},\"metadata\":{}}")).at("/response/allowed").asBoolean())
                .isTrue();
    }

    @Test
    void yamlIsAReviewToo() throws Exception {
        JsonNode answer = client.review("""
            kind: AdmissionReview
            apiVersion: admission.k8s.io/v1
            request:
              uid: y-1
              object: {kind: Pod, apiVersion: v1, metadata: {}, spec: {}}
            """);
        assertThat(answer.at("/response/uid").asString()).isEqualTo("y-1");
        assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
    }

    @Test
    void aByteOrderMarkIsIgnored() throws Exception {
        assertThat(client.review("\uFEFF" + Reviews.v1(Reviews.POD)).at("/response/allowed").asBoolean()).isTrue();
    }

    @Test
    void theNamespaceAndTheVariablesOfTheUrlReachTheEngine() throws Exception {
        client.post("/inject/cluster/east/net/n--slash--1/", Reviews.v1(Reviews.POD));
        assertThat(ENGINE.seen.get().proxyEnv())
                .isEqualTo(Map.of("ISTIO_META_CLUSTER_ID", "east", "ISTIO_META_NETWORK", "n/1"));
        assertThat(ENGINE.seen.get().namespace()).isEqualTo("store");
    }

    @ParameterizedTest
    @CsvSource({"/inject/%3AENV%3Acluster=a%2Fb, a/b", "/inject/:ENV:cluster=a+b, a+b", "/inject/cluster/%C3%A4, ä",
            "/inject/cluster/a;b, a;b"})
    void thePathIsPercentDecoded(String path, String cluster) throws Exception {
        assertThat(client.post(path, Reviews.v1(Reviews.POD)).statusCode()).isEqualTo(200);
        assertThat(ENGINE.seen.get().proxyEnv()).containsEntry("ISTIO_META_CLUSTER_ID", cluster);
    }

    @Test
    void whatIsKnownOfTheClusterReachesTheEngine() {
        ClusterView cluster = new ClusterView() {
            @Override
            public Map<String, String> nodes() {
                return Map.of("node-1", "v1.34.0");
            }

            @Override
            public Map<String, String> namespaceAnnotations(String namespace) {
                return Map.of("of", namespace);
            }

            @Override
            public List<ObjectNode> proxyConfigs(String namespace) {
                return List.of(JsonMapper.shared().createObjectNode().put("of", namespace));
            }
        };
        StubEngine engine = new StubEngine();
        Admissions admissions = new Admissions(engine, cluster);
        admissions.answer(Reviews.v1(Reviews.POD).getBytes(StandardCharsets.UTF_8), Map.of());
        assertThat(engine.seen.get().nodes()).containsEntry("node-1", "v1.34.0");
        assertThat(engine.seen.get().namespaceAnnotations()).as("of the request's namespace").containsEntry("of", "store");
        admissions.answer(Reviews.v1(Reviews.POD.replace("\"name\":\"shop\",", "\"namespace\":\"own\",")).getBytes(StandardCharsets.UTF_8),
                Map.of());
        assertThat(engine.seen.get().proxyConfigs().getFirst().get("of").asString()).as("of the pod's own").isEqualTo("own");
    }

    @Test
    void manyReviewsAtOnceEachGetTheirOwnAnswer() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<String>> calls = IntStream.range(0, 400)
                    .<Callable<String>>mapToObj(
                            i -> () -> client.review(Reviews.v1(Reviews.POD).replace("u-1", "u-" + i)).at("/response/uid").asString())
                    .toList();
            List<Future<String>> answers = threads.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("u-" + i);
            }
        }
    }

    private static String podThatSays(String what) {
        return Reviews.POD.replace("\"labels\"", "\"annotations\":{\"do\":\"" + what + "\"},\"labels\"");
    }

    private static String reviewOfLength(int bytes) {
        String review = Reviews.v1(podThatSays("skip"));
        return review.replace("shop:1", "shop:1" + "x".repeat(bytes - review.length()));
    }
}
