package dev.sidecarinjector.capture.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.Pod;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.text.NftText;
import dev.sidecarinjector.capture.text.RestoreText;
import dev.sidecarinjector.capture.text.RuleTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expectations are written by hand after the specification's section 3 and 7. */
class CapturePlannerTest {
    private static final Object[] CLASSIC = {Setting.PROXY_UID, "1337", Setting.INTERCEPTION_MODE, "REDIRECT", Setting.SERVICE_CIDR, "*",
            Setting.SERVICE_EXCLUDE_CIDR, "", Setting.INBOUND_PORTS, "*", Setting.LOCAL_EXCLUDE_PORTS, "15090,15020"};

    @Test
    void theClassicCommandLine() {
        RuleSet rules = Pod.plain().plan(CLASSIC);
        assertThat(RestoreText.of(rules, Family.IPV4)).isEqualTo("""
                * nat
                -N ISTIO_INBOUND
                -N ISTIO_REDIRECT
                -N ISTIO_IN_REDIRECT
                -N ISTIO_OUTPUT
                -A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN
                -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
                -A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
                -A PREROUTING -p tcp -j ISTIO_INBOUND
                -A ISTIO_INBOUND -p tcp --dport 15090 -j RETURN
                -A ISTIO_INBOUND -p tcp --dport 15020 -j RETURN
                -A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
                -A OUTPUT -j ISTIO_OUTPUT
                -A ISTIO_OUTPUT -o lo -s 127.0.0.6/32 -j RETURN
                -A ISTIO_OUTPUT -o lo ! -d 127.0.0.1/32 -p tcp ! --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
                -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
                -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
                -A ISTIO_OUTPUT -o lo ! -d 127.0.0.1/32 -p tcp ! --dport 15008 -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT
                -A ISTIO_OUTPUT -o lo -m owner ! --gid-owner 1337 -j RETURN
                -A ISTIO_OUTPUT -m owner --gid-owner 1337 -j RETURN
                -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
                -A ISTIO_OUTPUT -j ISTIO_REDIRECT
                COMMIT
                """);
        assertThat(RestoreText.of(rules, Family.IPV6)).isEmpty();
        assertThat(rules.routing()).isEqualTo(new Routing(List.of(), List.of(), List.of()));
    }

    @Test
    void rangesHaveTheSpellingOfTheBackEnd() {
        for (String range : new String[]{"8000-8100", "8000:8100"}) {
            assertThat(RestoreText.of(Pod.plain().plan(Setting.OUTBOUND_PORTS, range), Family.IPV4)).contains("--dport 8000:8100 ");
            assertThat(NftText.of(Pod.plain().plan(Setting.OUTBOUND_PORTS, range, Setting.NATIVE_NFTABLES, "true")))
                    .contains("tcp dport 8000-8100 ");
        }
    }

    @Test
    void manyOwnerGroupsCanBeLoaded() {
        String numbers = IntStream.range(0, 64).mapToObj(i -> "" + (10 * (i / 2) + i % 2)).collect(Collectors.joining(","));
        Pod pod = Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS", numbers);
        String text = RestoreText.of(pod.plan(), Family.IPV4);
        assertThat(text.lines().filter(line -> line.contains("! --gid-owner 10-11 ")).findFirst().orElseThrow().split("--gid-owner"))
                .hasSize(33);
        String far = IntStream.range(0, 64).mapToObj(i -> "" + 10 * i).collect(Collectors.joining(","));
        Pod farPod = Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS", far);
        assertThat(farPod.problems()).singleElement().asString().contains("49");
        assertThat(NftText.of(farPod.plan(Setting.NATIVE_NFTABLES, "true"))).contains("skgid != { 0, 10, 20, ");
    }

    @Test
    void noGroupMeansNoCapture() {
        assertThat(RestoreText.of(Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS", "").plan(), Family.IPV4))
                .contains("-A ISTIO_OUTPUT -j RETURN\n");
    }

    @Test
    void aServerOfAFamilyWithoutRulesLeavesNoJumpToNowhere() {
        String text = NftText.of(Pod.plain().file("/etc/resolv.conf", "nameserver fd00::53\nnameserver ::ffff:10.0.0.1\n")
                .plan(Setting.REDIRECT_DNS, "true", Setting.NATIVE_NFTABLES, "true"));
        assertThat(text).doesNotContain("add rule inet istio-proxy-nat istio-output counter jump istio-output-dns", "jump istio-inbound")
                .contains("add chain inet istio-proxy-raw istio-output-dns\n");
    }

    @Test
    void tproxyIsRouted() {
        Routing routing = Pod.dualStack().plan(Setting.INTERCEPTION_MODE, "TPROXY", Setting.INBOUND_PORTS, "*", Setting.DUAL_STACK, "true",
                Setting.TPROXY_MARK, "1440", Setting.TPROXY_ROUTE_TABLE, "144").routing();
        assertThat(routing.addresses()).singleElement().satisfies(address -> assertThat(address.address()).hasToString("::6/128"));
        assertThat(routing.rules()).map(rule -> rule.family() + " " + rule.mark() + " " + rule.table()).containsExactly("IPV4 1440 144",
                "IPV6 1440 144");
        assertThat(routing.routes()).map(Routing.LocalRoute::destination).containsExactly("0.0.0.0/0", "::/0");
        assertThat(Pod.plain().plan(Setting.INTERCEPTION_MODE, "TPROXY").routing().rules()).as("nothing inbound is captured").isEmpty();
    }

    @Test
    void everyRuleSaysWhy() {
        RuleSet rules = Pod.dualStack().plan(Setting.INTERCEPTION_MODE, "TPROXY", Setting.INBOUND_PORTS, "*", Setting.DUAL_STACK, "true",
                Setting.EXCLUDE_INTERFACES, "eth9", Setting.KUBE_VIRT_INTERFACES, "eth8", Setting.SERVICE_CIDR, "10.0.0.0/8",
                Setting.REDIRECT_DNS, "true", Setting.CAPTURE_ALL_DNS, "true", Setting.DROP_INVALID, "true");
        assertThat(rules.rules()).allSatisfy(rule -> assertThat(rule.why().sentence()).matches("[A-Z].*[.]"));
        assertThat(RuleTable.text(rules)).contains("nat/PREROUTING at 1", "-m conntrack --ctstate INVALID -j ISTIO_DROP",
                "(--drop-invalid)");
        assertThat(RuleTable.json(rules)).startsWith("[\n  {\"family\": \"both\", \"chain\": \"nat/PREROUTING\", "
                + "\"rule\": \"-i eth9 -j RETURN\", \"why\": \"What comes in by this interface is left alone.\", "
                + "\"settings\": [\"-c, --istio-exclude-interfaces\"]},\n").endsWith("}\n]\n");
    }

    @Test
    void withItsSettingsTheTableSaysWhichValueAskedAndWhereItComesFrom() {
        CaptureSettings settings = Pod.plain().environment("ISTIO_INBOUND_TPROXY_MARK", "1440")
                .resolved(Setting.INTERCEPTION_MODE, "TPROXY",
                        Setting.INBOUND_PORTS, "*", Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE, "5432", Setting.SERVICE_EXCLUDE_CIDR,
                        "10.0.0.0/8,11.0.0.0/8,12.0.0.0/8,13.0.0.0/8,14.0.0.0/8,15.0.0.0/8")
                .settings();
        String table = RuleTable.text(CapturePlanner.plan(settings), settings);
        assertThat(table).contains("This outbound port is left alone. (-o, --istio-local-outbound-ports-exclude=5432 [flag])",
                "; -t, --istio-inbound-tproxy-mark=1440 [environment ISTIO_INBOUND_TPROXY_MARK]",
                "(-p, --envoy-port=15001 [default])",
                "=10.0.0.0/8,11.0.0.0/8,12.0.0.0/8,13.0.0.0/8,14.0.0.0/8,15.0.… [flag]");
        assertThat(table).containsPattern("routing/rules +IPv4 +fwmark 1440 lookup 133 priority 32765 ")
                .containsPattern("routing/routes +IPv4 +local 0\\.0\\.0\\.0/0 dev lo table 133 ");
        assertThat(RuleTable.json(CapturePlanner.plan(settings), settings)).contains("\"settings\": [{\"setting\": "
                + "\"-o, --istio-local-outbound-ports-exclude\", \"value\": \"5432\", \"origin\": \"flag\"}]");
    }
}
