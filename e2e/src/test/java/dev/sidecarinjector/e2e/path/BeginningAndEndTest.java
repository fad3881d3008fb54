package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Template envoy while its proxy is not there yet, not there any more, or about to go. */
class BeginningAndEndTest {
    /** A hook that does not wait has ended after this time. */
    private static final Duration HEAD_START = Duration.ofSeconds(1);

    private static Lab lab;
    private static HttpApp app;

    private @Nullable Sidecar sidecar;

    @BeforeAll
    static void startLab() {
        Envoy.program();
        lab = Lab.twoPods();
        app = HttpApp.in(Namespace.of(lab, Place.POD), "first");
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            app.close();
            lab.close();
        }
    }

    @AfterEach
    void close() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    /** With rules and no proxy. */
    private Sidecar injected(Map<String, String> annotations) {
        Sidecar injected = Sidecar.notYetIn(lab, Place.POD, InjectedPod.with("envoy", Map.of(), annotations));
        sidecar = injected;
        injected.writeRules();
        return injected;
    }

    @Test
    void beforeTheProxyIsReadyNothingPassesItAndTheKubeletHoldsTheApplicationBack() {
        Sidecar sidecar = injected(Map.of("sidecar.istio.io/nativeSidecar", "true"));
        assertThat(lab.app().tcp(Lab.VIP, 9090).who()).as("past the proxy would be worse").isEqualTo("REFUSED");
        assertThat(lab.world().tcp(Lab.POD, 8081).who()).isEqualTo("REFUSED");
        JsonNode proxy = sidecar.container("istio-proxy").tree();
        assertThat(sidecar.pod().tree().at("/spec/initContainers").valueStream().map(container -> container.get("name").asString()))
                .as("in this order, before the application").containsExactly("istio-init", "istio-proxy");
        assertThat(proxy.at("/restartPolicy").asString()).isEqualTo("Always");
        assertThat(proxy.at("/startupProbe/httpGet").toString()).isEqualTo("{\"path\":\"/healthz/ready\",\"port\":15021}");
        assertThat(sidecar.isReady()).isFalse();
        sidecar.begin();
        sidecar.awaitReady();
        assertThat(lab.app().timeout(10).tcp(Lab.VIP, 9090).who()).as("the first connection of an application that was held back")
                .isEqualTo("REAL");
        assertThat(lab.world().timeout(10).tcp(Lab.POD, 8081).who()).isEqualTo("APP");
    }

    @Test
    void aProxyThatIsKilledAndComesAgainFindsItsRules() {
        Sidecar sidecar = injected(Map.of("traffic.sidecar.istio.io/excludeOutboundPorts", "5432"));
        sidecar.start();
        String rules = sidecar.rules();
        assertThat(rules).contains("15001", "15006");
        assertThat(lab.app().timeout(10).keep("open").tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
        assertThat(lab.app().timeout(10).again("open").who()).isEqualTo("REAL");
        sidecar.end("KILL");
        assertThat(lab.app().timeout(10).again("open").who()).isIn("CLOSED", "RESET");
        assertThat(lab.app().tcp(Lab.VIP, 9090).who()).isEqualTo("REFUSED");
        assertThat(lab.world().tcp(Lab.POD, 8081).who()).isEqualTo("REFUSED");
        assertThat(lab.app().tcp(Lab.VIP, 5432).who()).as("excluded: the proxy has no part in it").isEqualTo("REAL");
        sidecar.start();
        assertThat(lab.app().timeout(10).tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
        assertThat(Http.get(Namespace.of(lab, Place.WORLD), Lab.POD, HttpApp.PORT, "/again").body()).isEqualTo("first saw 127.0.0.6");
        assertThat(sidecar.rules()).isEqualTo(rules);
    }

    @Test
    void withoutANativeSidecarAHookHoldsTheApplicationBackUntilTheProxyIsReady() throws Exception {
        Sidecar sidecar = injected(Map.of("sidecar.istio.io/nativeSidecar", "false", "proxy.istio.io/config",
                "{holdApplicationUntilProxyStarts: true}"));
        assertThat(sidecar.pod().tree().at("/spec/containers").valueStream().map(container -> container.get("name").asString()))
                .as("a kubelet starts the next when the hook has ended").containsExactly("istio-proxy", "app");
        CompletableFuture<Process> hook = sidecar.hook("postStart");
        Thread.sleep(HEAD_START);
        assertThat(hook).as("it waits for the proxy").isNotDone();
        sidecar.begin();
        assertThat(hook.get(30, TimeUnit.SECONDS).exitValue()).isZero();
        assertThat(lab.app().timeout(10).tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whenItIsToldToStopUnderLoadNoRequestFails(String nativeSidecar) throws Exception {
        Sidecar sidecar = injected(Map.of("sidecar.istio.io/nativeSidecar", nativeSidecar));
        sidecar.start();
        try (Load load = Load.on(Namespace.of(lab, Place.WORLD), Lab.POD, HttpApp.PORT, 4)) {
            load.awaitAnswers(20);
            // What a kubelet does, and at the same time what the endpoints' watchers do: clients open no more connections to this pod, but use those that are open.
            CompletableFuture<Process> hook = sidecar.hook("preStop");
            load.openNoMore();
            assertThat(hook.get(60, TimeUnit.SECONDS).exitValue()).isZero();
            if (nativeSidecar.equals("true")) {
                // It is stopped when the application has gone, which answers what it has.
                load.awaitEnd();
            }
            sidecar.end("TERM");
            load.awaitEnd();
            assertThat(load.failures()).isEmpty();
            assertThat(load.closedByServer()).as("clients were asked to go elsewhere").isEqualTo(4);
        }
        assertThat(sidecar.lines(" 503 ")).isEmpty();
    }
}
