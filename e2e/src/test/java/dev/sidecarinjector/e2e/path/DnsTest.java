package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Template sidecar with capture of DNS, and a small resolver in the place of the proxy's: it knows one name and asks the world for others. */
class DnsTest {
    private static final int AGENT = 15053;
    /** With a server on this address in the world, which the pod does not have as its own. */
    private static final String SERVER_OF_NOBODY = Lab.VIP;

    private static Lab lab;
    private static Namespace pod;
    private static NameServer agent;
    private static NameServer world;
    private static NameServer other;

    @BeforeAll
    static void start() {
        lab = Lab.twoPods();
        Namespace outside = Namespace.of(lab, Place.WORLD);
        pod = Namespace.of(lab, Place.POD);
        // The lab has its own servers on port 53 of other addresses.
        world = NameServer.in(outside, 0, Lab.WORLD, 53, question -> DnsMessage.answered(question, 203, 0, 113, 99));
        other = NameServer.in(outside, 0, SERVER_OF_NOBODY, 53, question -> DnsMessage.answered(question, 198, 51, 100, 1));
        agent = NameServer.in(pod, Lab.PROXY, "127.0.0.1", AGENT,
                question -> DnsMessage.name(question).equals("shop.mesh")
                        ? DnsMessage.answered(question, 240, 240, 0, 1)
                        : NameServer.ask(pod, Lab.PROXY, DnsMessage.name(question).startsWith("tcp") ? "TCP" : "UDP", Lab.WORLD, question));
        Sidecar sidecar = Sidecar.notYetIn(lab, Place.POD, InjectedPod.with("sidecar", Map.of(),
                Map.of("proxy.istio.io/config", "{proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}")));
        sidecar.writeRules(Lab.WORLD);
        sidecar.close();
    }

    @AfterAll
    static void stop() throws IOException {
        if (lab != null) {
            agent.close();
            world.close();
            other.close();
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void aQueryToThePodsServerIsAnsweredByTheProxysResolver(String protocol) {
        assertThat(DnsMessage.address(NameServer.ask(pod, Lab.USER, protocol, Lab.WORLD, DnsMessage.question(7, "shop.mesh"))))
                .isEqualTo("7 240.240.0.1");
        assertThat(agent.asked()).contains(protocol + " shop.mesh");
        assertThat(world.asked()).doesNotContain(protocol + " shop.mesh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void whatTheResolverAsksItselfReachesTheWorld(String protocol) {
        String name = protocol.toLowerCase(java.util.Locale.ROOT) + ".example";
        assertThat(DnsMessage.address(NameServer.ask(pod, Lab.USER, protocol, Lab.WORLD, DnsMessage.question(8, name))))
                .isEqualTo("8 203.0.113.99");
        assertThat(agent.asked()).filteredOn(asked -> asked.endsWith(name)).hasSize(1);
        assertThat(world.asked()).containsOnlyOnce(protocol + " " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP"})
    void anotherServerIsAskedDirectly(String protocol) {
        assertThat(DnsMessage.address(NameServer.ask(pod, Lab.USER, protocol, SERVER_OF_NOBODY, DnsMessage.question(9, "direct.example"))))
                .isEqualTo("9 198.51.100.1");
        assertThat(other.asked()).contains(protocol + " direct.example");
        assertThat(agent.asked()).noneMatch(asked -> asked.endsWith("direct.example"));
    }
}
