package dev.sidecarinjector.iptablesinit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    @ParameterizedTest
    @CsvSource({
            // As the kernel shows them for: root; root in a plain container; the same with NET_ADMIN; nobody; NET_ADMIN and NET_RAW alone.
            "000001ffffffffff, true, true", "00000000a80425fb, false, true", "00000000a80435fb, true, true",
            "0000000000000000, false, false",
            "0000000000003000, true, true", "0000000000001000, true, false"})
    void rightsAreReadFromTheEffectiveSet(String effective, boolean netAdmin, boolean netRaw) {
        Capabilities capabilities = Capabilities
                .parse("Name:\tx\nCapPrm:\tffffffffffffffff\nCapEff:\t" + effective + "\nCapBnd:\tffffffffffffffff\n");
        assertThat(capabilities.netAdmin()).isEqualTo(netAdmin);
        assertThat(capabilities.netRaw()).isEqualTo(netRaw);
    }

    @Test
    void withoutTheLineThereAreNoRights() {
        assertThat(Capabilities.parse("")).isEqualTo(new Capabilities(0));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1337, true", "65535, true", "65536, false", "100000, false", "4294967294, false"})
    void aUserNamespaceHasTheNumbersOfItsInside(long id, boolean covered) {
        assertThat(IdMap.parse("         0     100000      65536\n").covers(id)).isEqualTo(covered);
    }

    @Test
    void rangesOfAMapAreTakenTogether() {
        IdMap map = IdMap.parse("0 1000 1\n1337 101337 1\n");
        assertThat(Stream.of(0L, 1L, 1336L, 1337L, 1338L).filter(map::covers)).containsExactly(0L, 1337L);
        assertThat(IdMap.parse("0 0 4294967295\n").covers(1337)).as("no user namespace").isTrue();
        assertThat(IdMap.parse("").covers(0)).isFalse();
    }

    @Test
    void aFeatureIsNeededWhereARuleHasItsSign() {
        String text = """
                * nat
                -N ISTIO_OUTPUT
                -A OUTPUT -j ISTIO_OUTPUT
                -A ISTIO_OUTPUT -p tcp --dport 80 -m owner --uid-owner 1337 -j RETURN
                -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
                COMMIT
                """;
        assertThat(Feature.ofIptables(text).map(Feature::what)).containsExactly("table nat", "match owner", "target REDIRECT");
        assertThat(Feature.ofNftables("add rule inet istio-proxy-nat istio-output ip daddr 1.1.1.1 skuid 1337 counter return")
                .map(Feature::what))
                .containsExactly("owners of sockets");
    }
}
