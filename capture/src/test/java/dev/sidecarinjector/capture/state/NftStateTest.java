package dev.sidecarinjector.capture.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.Pod;
import dev.sidecarinjector.capture.rules.LongLists;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NftStateTest {
    private static final RuleSet SMALL = Pod.plain().plan(Setting.NATIVE_NFTABLES, "true", Setting.PROXY_GID, "7");
    /** As nft 1.0.6 lists these rules. */
    private static final String LISTED = """
            table ip other {
            	chain istio-output {
            		counter drop
            	}
            }
            table inet istio-proxy-nat {
            	set blocked {
            		type ipv4_addr
            		flags interval
            		elements = { 10.0.0.0/8 }
            	}

            	chain output {
            		type nat hook output priority -100; policy accept;
            		counter packets 12 bytes 720 jump istio-output
            	}

            	chain istio-inbound {
            		tcp dport 15008 counter packets 0 bytes 0 return
            	}

            	chain istio-redirect {
            		meta l4proto tcp counter packets 0 bytes 0 redirect to :15001
            	}

            	chain istio-in-redirect {
            		meta l4proto tcp counter packets 0 bytes 0 redirect to :15006
            	}

            	chain istio-output {
            		oifname "lo" ip saddr 127.0.0.6 counter packets 0 bytes 0 return
            		oifname "lo" ip daddr != 127.0.0.1 tcp dport != 15008 meta skuid 1337 counter packets 0 bytes 0 jump istio-in-redirect
            		oifname "lo" meta skuid != 1337 counter packets 0 bytes 0 return
            		meta skuid 1337 counter packets 0 bytes 0 return
            		oifname "lo" ip daddr != 127.0.0.1 tcp dport != 15008 meta skgid 7 counter packets 0 bytes 0 jump istio-in-redirect
            		oifname "lo" meta skgid != 7 counter packets 0 bytes 0 return
            		meta skgid 7 counter packets 0 bytes 0 return # handle 12
            		ip daddr 127.0.0.1 counter packets 0 bytes 0 return
            	}
            }
            """;

    @Test
    void whatIsLoadedNeedsNoChange() {
        Loaded loaded = NftListing.parse(LISTED);
        assertThat(loaded.ruleCount()).isEqualTo(12);
        assertThat(loaded.table("istio-proxy-nat").sets()).containsExactly("blocked");
        assertThat(Comparison.nftables(loaded, SMALL, Names.NONE).isDone()).isTrue();
        Loaded withoutNames = NftListing.parse(LISTED.replace("l4proto tcp", "l4proto 6"));
        assertThat(Comparison.nftables(withoutNames, SMALL, Names.NONE).isDone()).as("without /etc/protocols").isTrue();
    }

    @Test
    void everyDifferenceIsNoticed() {
        List<String> lines = LISTED.lines().toList();
        for (int i = 7; i < lines.size(); i++) {
            if (lines.get(i).contains("counter")) {
                String without = String.join("\n", lines.subList(0, i)) + "\n" + String.join("\n", lines.subList(i + 1, lines.size()));
                assertThat(Comparison.nftables(NftListing.parse(without), SMALL, Names.NONE).isDone()).as(lines.get(i)).isFalse();
            }
        }
        assertThat(Comparison
                .nftables(NftListing.parse(LISTED + "table inet istio-proxy-raw {\n\tchain output {\n\t\tcounter accept\n\t}\n}\n"),
                        SMALL, Names.NONE)
                .changes()).contains(new Change.RemoveChain("istio-proxy-raw", "output"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "oifname lo meta l4proto tcp ip daddr != 127.0.0.1/32 tcp dport != { 53, 15008 } skuid 3 counter jump istio-in-redirect;oifname \"lo\" ip daddr != 127.0.0.1 tcp dport != { 15008, 53 } meta skuid 3 counter packets 1 bytes 60 jump istio-in-redirect",
            "meta l4proto tcp mark 1337 counter ct mark set mark;meta l4proto tcp meta mark 0x00000539 counter ct mark set meta mark",
            "oifname lo meta l4proto tcp ip6 daddr != ::1/128 skgid 1 counter meta mark set 1338;oifname \"lo\" meta l4proto tcp ip6 daddr != ::1 meta skgid 1 counter meta mark set 0x0000053a",
            "meta l4proto tcp ct mark 1337 counter meta mark set ct mark;meta l4proto tcp ct mark 0x00000539 counter meta mark set ct mark",
            "meta l4proto tcp ct state related,established counter jump istio-divert;meta l4proto tcp ct state established,related counter jump istio-divert",
            "meta l4proto tcp ip daddr != 127.0.0.1/8 tproxy ip to :15006 meta mark set 1337 counter accept;meta l4proto tcp ip daddr != 127.0.0.0/8 tproxy ip to :15006 meta mark set 0x00000539 counter accept",
            "udp dport 53 meta skuid 3 counter ct zone set 1;udp dport 53 meta skuid 3 counter ct zone set 1"})
    void nftSpellsRulesInItsOwnWay(String written, String listed) {
        assertThat(NftForm.of(written, Names.NONE).form()).isEqualTo(NftForm.of(listed, Names.NONE).form());
        assertThat(NftForm.of(written, Names.NONE).form())
                .isNotEqualTo(NftForm.of(listed.replace("counter", "counter drop"), Names.NONE).form());
    }

    @Test
    void allTablesChangeInOneText() {
        assertThat(NftTransaction.replace(NftListing.parse(""), SMALL)).singleElement().asString()
                .startsWith("add table inet istio-proxy-nat\nflush table inet istio-proxy-nat\nadd chain ").doesNotContain("delete table");
        Loaded others = NftListing
                .parse("table inet istio-proxy-raw {\n}\ntable inet istio-proxy-mangle {\n}\ntable ip istio-proxy-nat {\n}\n");
        assertThat(NftTransaction.replace(others, SMALL)).singleElement().asString()
                .endsWith("delete table inet istio-proxy-mangle\ndelete table inet istio-proxy-raw\n");
        assertThat(NftTransaction.cleanup(others)).isEqualTo("delete table inet istio-proxy-mangle\ndelete table inet istio-proxy-raw\n");
        assertThat(NftTransaction.cleanup(Loaded.NOTHING)).isEmpty();
    }

    @Test
    void setsAreFilledBeforeARuleUsesThem() {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 8000; i++) {
            list.append(i == 0 ? "" : ",").append("10.").append(i / 256).append('.').append(i % 256).append(".1/32");
        }
        RuleSet rules = LongLists.inSets(Pod.plain().plan(Setting.NATIVE_NFTABLES, "true", Setting.SERVICE_EXCLUDE_CIDR, list.toString()),
                LongLists.THRESHOLD);
        String name = rules.sets().getFirst().name();
        List<String> texts = NftTransaction.replaceInStages(NftListing.parse(LISTED), rules);
        assertThat(texts).hasSizeGreaterThan(2);
        assertThat(texts.subList(0, texts.size() - 1)).noneMatch(text -> text.contains("rule") || text.contains("flush table"));
        assertThat(texts.getFirst()).contains("flush set inet istio-proxy-nat " + name);
        assertThat(String.join("", texts).split("/32")).hasSizeGreaterThan(8000);
        assertThat(texts.getLast()).contains("ip daddr @" + name + " counter return", "delete set inet istio-proxy-nat blocked\n",
                "flush table inet istio-proxy-nat\n").doesNotContain("delete table inet istio-proxy-nat", "add element");
        Loaded again = NftListing.parse(LISTED.replace("ip daddr 127.0.0.1 counter", "ip daddr @" + name + " counter"));
        assertThat(NftTransaction.replaceInStages(again, rules)).as("a set in use is complete").hasSize(1);
        assertThat(NftTransaction.replace(NftListing.parse(LISTED), rules))
                .containsExactly(String.join("", texts.subList(0, texts.size() - 1)), texts.getLast());
    }
}
