package dev.sidecarinjector.capture.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.address.Family;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both dumps are of the same settings, loaded with iptables 1.8.9 and nft 1.0.6: TPROXY for all ports, every kind of exclusion, all DNS. A counter was set by
 * hand, and rules of somebody else were added.
 */
class HitCountersTest {
    private static final List<Hit> IPTABLES = HitCounters.iptables(recorded("iptables-save-c.txt"), Family.IPV4);
    private static final List<Hit> NFTABLES = HitCounters.nftables(recorded("nft-list-ruleset.txt"));

    @Test
    void aCounterBelongsToTheRuleOfItsLine() {
        assertThat(IPTABLES).filteredOn(hit -> hit.packets() == 3).singleElement().isEqualTo(
                new Hit("nat", "ISTIO_OUTPUT", "-p tcp -m tcp --dport 5432 -j RETURN", "excluded port 5432 (tcp)", 3, 180));
        assertThat(NFTABLES).filteredOn(hit -> hit.packets() == 3).singleElement().isEqualTo(
                new Hit("istio-proxy-nat", "istio-output", "tcp dport 5432 counter return", "excluded port 5432 (tcp)", 3, 180));
    }

    @Test
    void rulesOfOthersAreNotCountedAndDoNotShiftCountersOfOurs() {
        assertThat(IPTABLES).map(Hit::packets).doesNotContain(41L, 5L);
        assertThat(IPTABLES).filteredOn(hit -> hit.rule().equals("-j ISTIO_OUTPUT")).singleElement()
                .satisfies(hit -> assertThat(hit.packets()).isLessThan(41));
        assertThat(NFTABLES).map(Hit::packets).doesNotContain(7L);
    }

    @Test
    void everyKindOfRuleHasAnIntent() {
        assertThat(Stream.concat(IPTABLES.stream(), NFTABLES.stream())).hasSizeGreaterThan(90)
                .allSatisfy(hit -> assertThat(hit.intent()).doesNotContain(hit.rule()).doesNotContain("$"));
    }

    @Test
    void theIntentIsTheSameWhicheverProgramLoadedTheRule() {
        // Tables for both families have a rule for IPv6 too where it names an address.
        Predicate<Hit> ipv4 = hit -> !hit.rule().contains("ip6 ");
        assertThat(NFTABLES.stream().filter(ipv4).map(Hit::intent)).containsExactlyInAnyOrderElementsOf(
                IPTABLES.stream().map(Hit::intent).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "nat | ISTIO_OUTPUT | -d 10.0.0.0/8 -j RETURN | excluded destination 10.0.0.0/8",
            "nat | ISTIO_OUTPUT | -d fd00::/8 -j ISTIO_REDIRECT | captured destination fd00::/8",
            "nat | ISTIO_OUTPUT | -d 127.0.0.1/32 -j RETURN | application to itself at 127.0.0.1/32",
            "nat | ISTIO_OUTPUT | -m set --match-set istio-4-00ff dst -j RETURN | excluded destinations of the set istio-4-00ff",
            "nat | ISTIO_OUTPUT | -m owner ! --gid-owner 202 -m owner ! --gid-owner 203 -j RETURN | excluded: groups that are not asked for",
            "nat | ISTIO_INBOUND | -p tcp -m tcp --dport 8080 -j ISTIO_IN_REDIRECT | captured inbound port 8080",
            "nat | ISTIO_OUTPUT_DNS | -d 10.96.0.10/32 -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053 | captured DNS to 10.96.0.10/32 (udp)",
            "nat | PREROUTING | -d 10.0.0.0/8 -i eth1 -j ISTIO_REDIRECT | captured from the virtual machine at eth1",
            "istio-proxy-nat | istio-output | ip daddr @istio-4-00ff counter return | excluded destinations of the set istio-4-00ff",
            "istio-proxy-nat | istio-output-dns | ip daddr 10.96.0.10/32 udp dport 53 counter redirect to :15053 | captured DNS to 10.96.0.10/32 (udp)",
            "nat | ISTIO_OUTPUT | -p sctp -j RETURN | nat/ISTIO_OUTPUT -p sctp -j RETURN"})
    void anIntentNamesWhatTheUserNamed(String table, String chain, String form, String intent) {
        assertThat(Intent.of(table, chain, form)).isEqualTo(intent);
    }

    private static String recorded(String name) {
        try (InputStream file = HitCountersTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
