package dev.sidecarinjector.capture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.Pod;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureSettingsTest {
    @Test
    void theCommandLineWinsOverTheEnvironmentWhichWinsOverTheDefault() {
        Pod pod = Pod.plain().environment("INBOUND_CAPTURE_PORT", "16006").environment("ENVOY_PORT", "9")
                .environment("REDIRECT_DNS", "false")
                .environment("ISTIO_META_DNS_CAPTURE", "true").environment("CAPTURE_ALL_DNS", "true");
        CaptureSettings settings = pod.resolved().settings();
        assertThat(settings.proxy().inboundPort()).isEqualTo("16006");
        assertThat(settings.origin(Setting.INBOUND_CAPTURE_PORT).text()).isEqualTo("environment INBOUND_CAPTURE_PORT");
        assertThat(settings.proxy().outboundPort()).as("no variable is read").isEqualTo("15001");
        assertThat(settings.origin(Setting.ENVOY_PORT)).isEqualTo(new Origin.Default());
        assertThat(settings.dns().captured()).isTrue();
        assertThat(settings.origin(Setting.REDIRECT_DNS).text()).isEqualTo("environment ISTIO_META_DNS_CAPTURE");
        settings = pod.resolved(Setting.INBOUND_CAPTURE_PORT, "17006", Setting.REDIRECT_DNS, "F").settings();
        assertThat(settings.proxy().inboundPort()).isEqualTo("17006");
        assertThat(settings.dns().captured()).isFalse();
        assertThat(settings.origin(Setting.REDIRECT_DNS)).isEqualTo(new Origin.Flag());
    }

    @Test
    void aListIsSplitAtCommasAndNothingElse() {
        assertThat(Pod.plain().resolved(Setting.INBOUND_PORTS, "80, 443,,8000-8100,").settings().inbound().ports())
                .isEqualTo(new Selection<>(false, List.of("80", " 443", "8000-8100")));
    }

    @Test
    void theProxyIsLookedUpWhereNoneIsNamed() {
        CaptureSettings settings = Pod.plain().account("istio-proxy", 77).resolved().settings();
        assertThat(settings.proxy().uids()).containsExactly("77");
        assertThat(settings.proxy().gids()).containsExactly("77");
        assertThat(settings.origin(Setting.PROXY_UID).text()).isEqualTo("looked up: account istio-proxy");
        assertThat(Pod.plain().resolved().settings().proxy().uids()).containsExactly("1337");
        assertThat(Pod.plain().account("me", 5).environment("ENVOY_USER", "me").resolved().settings().proxy().uids()).containsExactly("5");
        assertThat(Pod.plain().resolved(Setting.PROXY_UID, "3,4").settings().proxy().gids()).containsExactly("3", "4");
    }

    @ParameterizedTest
    @CsvSource({"DRY_RUN,yes,DRY_RUN,false", "IPTABLES_PROBE_PORT,x,PROBE_PORT,0", "IPTABLES_PROBE_PORT,70000,PROBE_PORT,65535",
            "PROBE_TIMEOUT,5,PROBE_TIMEOUT,0s", "PROBE_TIMEOUT,'',PROBE_TIMEOUT,0s"})
    void aBadVariableCountsAsZeroAndIsReported(String variable, String text, Setting setting, String value) {
        Pod pod = Pod.plain().environment(variable, text);
        assertThat(pod.resolved().settings().text(setting)).isEqualTo(value);
        assertThat(pod.warnings()).singleElement().asString().contains("\"" + text + "\"", variable);
    }

    @Test
    void anEmptyVariableOfASwitchIsNotReported() {
        assertThat(Pod.plain().environment("DRY_RUN", "").warnings()).isEmpty();
    }

    @Test
    void aBadFlagIsTheCommandLinesFault() {
        Resolution resolution = Pod.plain().resolve(Setting.PROBE_PORT, "x");
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Rejected.class, rejected -> {
            assertThat(rejected.badCommandLine()).isTrue();
            assertThat(rejected.problems()).singleElement().satisfies(problem -> assertThat(problem.what()).isEqualTo(
                    "invalid argument \"x\" for \"--iptables-probe-port\" flag: strconv.ParseUint: parsing \"x\": invalid syntax"));
        });
        assertThat(Pod.plain().problems(Setting.DRY_RUN, "yes").getFirst())
                .startsWith("invalid argument \"yes\" for \"-n, --dry-run\" flag");
        assertThat(Pod.plain().resolve(Setting.LOCAL_EXCLUDE_PORTS, "70000"))
                .isInstanceOfSatisfying(Resolution.Rejected.class, rejected -> assertThat(rejected.badCommandLine()).isFalse());
    }

    @Test
    void numbersAndTimesHaveGosGrammar() {
        CaptureSettings settings = Pod.plain().resolved(Setting.PROBE_PORT, "0x3a9b", Setting.PROBE_TIMEOUT, "1m30s").settings();
        assertThat(settings.work().probePort()).isEqualTo(15003);
        assertThat(settings.work().probeTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1 fd00::1,false,10.0.0.1,false", "fd00::1 10.0.0.1,false,10.0.0.1,false", "10.0.0.1 fd00::1,true,10.0.0.1,true",
            "10.0.0.1 fd00::1,auto,10.0.0.1,true", "10.0.0.1,auto,10.0.0.1,false",
            "127.0.0.1 ::1 fe80::1%eth0 fd00::1/64,false,fd00::1,true",
            "169.254.1.1 10.0.0.1,false,10.0.0.1,false", "224.0.0.5 ff02::1 10.0.0.1,true,10.0.0.1,false",
            "::ffff:10.0.0.9,true,10.0.0.9,false",
            "::6 fd00::1,false,::6,true"})
    void theFirstAddressInTheKernelsOrderDecides(String addresses, String dualStack, String host, boolean ipv6) {
        CaptureSettings.Network network = Pod.plain().addresses(addresses.split(" ")).resolved(Setting.DUAL_STACK, dualStack).settings()
                .network();
        assertThat(network.host().toString()).isEqualTo(host);
        assertThat(network.ipv6()).isEqualTo(ipv6);
    }

    @Test
    void aDualStackPodIsWarnedOfTheBypass() {
        assertThat(Pod.dualStack().warnings()).singleElement().asString().contains("IPv6 traffic bypasses the proxy", "--dual-stack");
        assertThat(Pod.dualStack().warnings(Setting.DUAL_STACK, "true")).isEmpty();
        assertThat(Pod.plain().warnings()).isEmpty();
    }

    @Test
    void aPodWithoutAddressIsRefused() {
        assertThat(Pod.plain().addresses("127.0.0.1", "::1", "fe80::1%eth0").problems()).singleElement().asString()
                .startsWith("no valid local IP address found");
    }

    @Test
    void nameServersAreReadFromResolvConf() {
        Pod pod = Pod.plain().file("/etc/resolv.conf", """
                # nameserver 1.1.1.1
                search example.com
                nameserver 10.96.0.10 ignored
                \tnameserver\t::127.0.0.53
                nameserver not-an-address
                nameserver 10.96.0.10
                nameserver ::ffff:10.0.0.1
                nameserver fe80::1%eth0
                nameserver
                """);
        CaptureSettings settings = pod.resolved(Setting.REDIRECT_DNS, "true").settings();
        assertThat(settings.dns().servers()).map(Object::toString).containsExactly("10.96.0.10", "::7f00:35", "10.96.0.10",
                "::ffff:10.0.0.1");
        assertThat(pod.warnings(Setting.REDIRECT_DNS, "true")).singleElement().asString().contains("fe80::1%eth0", "/etc/resolv.conf");
        assertThat(Pod.plain().problems(Setting.REDIRECT_DNS, "true")).singleElement().asString()
                .startsWith("failed to load /etc/resolv.conf: no such file or directory");
        assertThat(Pod.plain().resolved(Setting.REDIRECT_DNS, "true", Setting.CAPTURE_ALL_DNS, "true").settings().dns().all()).isTrue();
        Pod empty = Pod.plain().file("/etc/resolv.conf", "");
        assertThat(empty.resolved(Setting.REDIRECT_DNS, "true").settings().dns().captured()).isFalse();
        assertThat(empty.warnings(Setting.REDIRECT_DNS, "true")).singleElement().asString().contains("DNS is not captured");
    }

    @Test
    void aFileStandsForALongList() {
        CaptureSettings settings = Pod.plain().file("/lists/x", "10.0.0.0/8, 10.1.0.0/16 # ours\n\n# none\n192.168.0.0/16\n")
                .resolved(Setting.SERVICE_EXCLUDE_CIDR, "1.2.3.4/32", Setting.SERVICE_EXCLUDE_CIDR_FILE, "/lists/x").settings();
        assertThat(settings.outbound().excludedCidrs()).map(Object::toString)
                .containsExactly("1.2.3.4/32", "10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16");
        assertThat(Pod.plain().problems(Setting.SERVICE_CIDR_FILE, "/none")).singleElement().asString().contains("/none");
        assertThat(Pod.plain().file("/f", "10.0.0.0/8 x").problems(Setting.SERVICE_CIDR_FILE, "/f")).singleElement().asString()
                .contains("\"x\"", "/f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "010.0.0.0/8", "10.0.0.0/08", "10.0.0/8", " 10.0.0.0/8", "fe80::1%eth0/64",
            "*,10.0.0.0/8", "::/129",
            "1:2:3/8"})
    void whatIsNoPrefixIsRefused(String list) {
        assertThat(Pod.plain().problems(Setting.SERVICE_CIDR, list)).isNotEmpty();
        assertThat(Pod.plain().problems(Setting.SERVICE_EXCLUDE_CIDR, list)).isNotEmpty();
    }

    @Test
    void everythingCannotBeExcluded() {
        assertThat(Pod.plain().problems(Setting.SERVICE_EXCLUDE_CIDR, "*").getFirst())
                .startsWith("invalid value for OUTBOUND_IP_RANGES_EXCLUDE");
    }

    @ParameterizedTest
    @CsvSource({"TPROXY,TPROXY,0", "REDIRECT,REDIRECT,0", "'',REDIRECT,0", "NONE,REDIRECT,0", "tproxy,REDIRECT,1", "foo,REDIRECT,1"})
    void aModeThatIsNotTproxyIsRedirect(String text, Mode mode, int warnings) {
        assertThat(Pod.plain().resolved(Setting.INTERCEPTION_MODE, text).settings().inbound().mode()).isEqualTo(mode);
        assertThat(Pod.plain().warnings(Setting.INTERCEPTION_MODE, text)).hasSize(warnings);
    }

    @Test
    void aMarkThatRoutingWouldRefuseIsRefusedFirst() {
        assertThat(Pod.plain().problems(Setting.INTERCEPTION_MODE, "TPROXY", Setting.INBOUND_PORTS, "*", Setting.TPROXY_MARK, "0x539"))
                .singleElement().asString().contains("0x539", "decimal");
        assertThat(Pod.plain().problems(Setting.INTERCEPTION_MODE, "TPROXY", Setting.TPROXY_MARK, "1337/0xff")).hasSize(1);
        assertThat(Pod.plain().resolve(Setting.INTERCEPTION_MODE, "TPROXY", Setting.TPROXY_MARK, "0x539"))
                .as("nothing is routed").isInstanceOf(Resolution.Resolved.class);
        assertThat(Pod.plain().resolve(Setting.TPROXY_MARK, "0x539", Setting.INBOUND_PORTS, "*")).as("nothing is marked")
                .isInstanceOf(Resolution.Resolved.class);
    }

    @ParameterizedTest
    @CsvSource({"INBOUND_PORTS,'*,80'", "INBOUND_PORTS,70000", "OUTBOUND_PORTS,80-70", "ENVOY_PORT,''", "PROXY_UID,4294967295",
            "PROXY_UID,-1",
            "EXCLUDE_INTERFACES,sixteen-letters-", "FORCE_IPTABLES_BINARY,xtables"})
    void whatTheKernelsToolsRefuseIsRefusedFirst(Setting setting, String text) {
        assertThat(Pod.plain().problems(setting, text)).singleElement().asString().contains(setting.label());
    }

    @ParameterizedTest
    @CsvSource({"INBOUND_PORTS,http", "INBOUND_PORTS,0", "OUTBOUND_PORTS,8000:8100", "PROXY_UID,1000-2000", "PROXY_UID,nobody",
            "EXCLUDE_INTERFACES,eth+"})
    void whatTheKernelsToolsAcceptIsAccepted(Setting setting, String text) {
        assertThat(Pod.plain().resolved(setting, text).settings().text(setting)).isEqualTo(text);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(Pod.plain().addresses("::1").problems(Setting.INBOUND_PORTS, "x!", Setting.SERVICE_CIDR, "y")).hasSize(3);
    }
}
