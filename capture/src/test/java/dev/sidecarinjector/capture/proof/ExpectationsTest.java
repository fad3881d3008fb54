package dev.sidecarinjector.capture.proof;

import static dev.sidecarinjector.capture.settings.Setting.CAPTURE_ALL_DNS;
import static dev.sidecarinjector.capture.settings.Setting.DUAL_STACK;
import static dev.sidecarinjector.capture.settings.Setting.EXCLUDE_INTERFACES;
import static dev.sidecarinjector.capture.settings.Setting.INBOUND_PORTS;
import static dev.sidecarinjector.capture.settings.Setting.INTERCEPTION_MODE;
import static dev.sidecarinjector.capture.settings.Setting.LOCAL_EXCLUDE_PORTS;
import static dev.sidecarinjector.capture.settings.Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE;
import static dev.sidecarinjector.capture.settings.Setting.OUTBOUND_PORTS;
import static dev.sidecarinjector.capture.settings.Setting.PROXY_GID;
import static dev.sidecarinjector.capture.settings.Setting.PROXY_UID;
import static dev.sidecarinjector.capture.settings.Setting.REDIRECT_DNS;
import static dev.sidecarinjector.capture.settings.Setting.SERVICE_CIDR;
import static dev.sidecarinjector.capture.settings.Setting.SERVICE_EXCLUDE_CIDR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.Pod;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Expectation.Check;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fates as they were seen with real packets against the reference implementation's rules; numbers in remarks are those of the collection of traps. */
class ExpectationsTest {
    private static final Person ROOT = new Person(0, 0);
    private static final Person PROXY = new Person(1337, 0);
    private static final Person BY_GROUP = new Person(0, 1337);
    private static final String POD = "10.10.0.2";
    private static final String VIP = "203.0.113.10";

    private static CaptureSettings settings(Object... settingsAndValues) {
        Object[] all = Stream.concat(Stream.of(PROXY_UID, "1337"), Stream.of(settingsAndValues)).toArray();
        return Pod.plain().file("/etc/resolv.conf", "nameserver 10.96.0.10\n").resolved(all).settings();
    }

    private static Fate fate(CaptureSettings settings, Person person, String address, int port) {
        return fate(settings, Probe.tcp(person, IpAddress.parse(address), port));
    }

    private static Fate fate(CaptureSettings settings, Probe probe) {
        return new Ladder(settings, List.of(IpAddress.parse(POD))).fate(probe).fate();
    }

    private static Fate udp(CaptureSettings settings, Person person, String address, int port) {
        return fate(settings, Probe.udp(person, IpAddress.parse(address), port));
    }

    private static Fate inbound(CaptureSettings settings, int port) {
        return fate(settings, Probe.tcp(ROOT, IpAddress.parse(POD), port).with(Manner.FROM_OUTSIDE));
    }

    @Test
    void theProxysOwnPod() {
        CaptureSettings all = settings(SERVICE_CIDR, "*");
        // 15
        assertThat(fate(all, ROOT, POD, 8080)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(all, PROXY, POD, 8080)).isEqualTo(Fate.INBOUND);
        // 16
        assertThat(fate(all, Probe.tcp(PROXY, IpAddress.parse(POD), 8080).with(Manner.FROM_SELF))).isEqualTo(Fate.UNTOUCHED);
        // 17
        assertThat(fate(all, PROXY, "127.0.0.1", 8080)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(all, PROXY, "127.0.0.2", 8080)).isEqualTo(Fate.INBOUND);
        assertThat(fate(all, ROOT, "127.0.0.2", 8080)).isEqualTo(Fate.UNTOUCHED);
        // 18
        assertThat(fate(all, BY_GROUP, POD, 8080)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(settings(SERVICE_CIDR, "127.0.0.0/8"), BY_GROUP, POD, 8080)).isEqualTo(Fate.INBOUND);
        // 19
        CaptureSettings two = settings(SERVICE_CIDR, "*", PROXY_UID, "3,4");
        assertThat(fate(two, new Person(3, 0), POD, 8080)).isEqualTo(Fate.INBOUND);
        assertThat(fate(two, new Person(4, 0), POD, 8080)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(two, new Person(4, 0), VIP, 80)).isEqualTo(Fate.UNTOUCHED);
    }

    @Test
    void theOrderOfTheRungs() {
        // 20
        assertThat(fate(settings(LOCAL_OUTBOUND_PORTS_EXCLUDE, "8080"), PROXY, POD, 8080)).isEqualTo(Fate.UNTOUCHED);
        CaptureSettings dns = settings(SERVICE_CIDR, "*", REDIRECT_DNS, "true", CAPTURE_ALL_DNS, "true");
        assertThat(udp(dns, ROOT, VIP, 53)).isEqualTo(Fate.AGENT);
        assertThat(udp(settings(REDIRECT_DNS, "true", CAPTURE_ALL_DNS, "true", LOCAL_OUTBOUND_PORTS_EXCLUDE, "53"), ROOT, VIP, 53))
                .isEqualTo(Fate.UNTOUCHED);
        // 21
        assertThat(fate(settings(SERVICE_CIDR, "127.0.0.0/8"), ROOT, "127.0.0.2", 8080)).isEqualTo(Fate.OUTBOUND);
        assertThat(fate(settings(SERVICE_CIDR, "127.0.0.0/8"), ROOT, "127.0.0.1", 8080)).isEqualTo(Fate.UNTOUCHED);
        // 23
        CaptureSettings lists = settings(SERVICE_EXCLUDE_CIDR, VIP + "/32", OUTBOUND_PORTS, "80");
        assertThat(fate(lists, ROOT, VIP, 80)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(lists, ROOT, "198.51.100.7", 80)).isEqualTo(Fate.OUTBOUND);
        assertThat(fate(lists, ROOT, "198.51.100.7", 443)).isEqualTo(Fate.UNTOUCHED);
        // 27
        assertThat(udp(dns, ROOT, VIP, 5000)).isEqualTo(Fate.UNTOUCHED);
    }

    @Test
    void ownerGroups() {
        Pod pod = Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS", "202,300-302");
        CaptureSettings some = pod.resolved(SERVICE_CIDR, "*").settings();
        assertThat(fate(some, new Person(0, 202), VIP, 80)).isEqualTo(Fate.OUTBOUND);
        assertThat(fate(some, new Person(0, 301), VIP, 80)).isEqualTo(Fate.OUTBOUND);
        assertThat(fate(some, new Person(0, 204), VIP, 80)).isEqualTo(Fate.UNTOUCHED);
        // 24
        CaptureSettings none = Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS", "").resolved(SERVICE_CIDR, "*").settings();
        assertThat(fate(none, ROOT, VIP, 80)).isEqualTo(Fate.UNTOUCHED);
        // 38
        CaptureSettings excluded = Pod.plain().environment("ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE", "202")
                .resolved(REDIRECT_DNS, "true", CAPTURE_ALL_DNS, "true").settings();
        assertThat(udp(excluded, new Person(0, 202), VIP, 53)).isEqualTo(Fate.UNTOUCHED);
        assertThat(udp(excluded, ROOT, VIP, 53)).isEqualTo(Fate.AGENT);
    }

    @Test
    void dnsOfTheServersOnly() {
        CaptureSettings dns = settings(SERVICE_CIDR, "*", REDIRECT_DNS, "true");
        // 36
        assertThat(udp(dns, ROOT, "10.96.0.10", 53)).isEqualTo(Fate.AGENT);
        assertThat(udp(dns, ROOT, "9.9.9.9", 53)).isEqualTo(Fate.UNTOUCHED);
        assertThat(fate(dns, ROOT, "9.9.9.9", 53)).isEqualTo(Fate.OUTBOUND);
        assertThat(udp(dns, PROXY, "10.96.0.10", 53)).isEqualTo(Fate.UNTOUCHED);
        // 37
        CaptureSettings all = settings(SERVICE_CIDR, "*", REDIRECT_DNS, "true", CAPTURE_ALL_DNS, "true");
        assertThat(udp(all, ROOT, "127.0.0.1", 53)).isEqualTo(Fate.AGENT);
        assertThat(fate(all, ROOT, "127.0.0.1", 53)).isEqualTo(Fate.AGENT);
    }

    @Test
    void whatComesIn() {
        CaptureSettings all = settings(INBOUND_PORTS, "*", LOCAL_EXCLUDE_PORTS, "15090,8000-8100");
        assertThat(inbound(all, 80)).isEqualTo(Fate.INBOUND);
        assertThat(inbound(all, 15090)).isEqualTo(Fate.UNTOUCHED);
        assertThat(inbound(all, 8050)).isEqualTo(Fate.UNTOUCHED);
        // 29
        assertThat(inbound(settings(INBOUND_PORTS, "*"), 15008)).isEqualTo(Fate.UNTOUCHED);
        assertThat(inbound(settings(INBOUND_PORTS, "80", LOCAL_EXCLUDE_PORTS, "80"), 80)).isEqualTo(Fate.INBOUND);
        assertThat(inbound(settings(INBOUND_PORTS, ""), 80)).isEqualTo(Fate.UNTOUCHED);
        // 31
        assertThat(inbound(settings(INBOUND_PORTS, "*", INTERCEPTION_MODE, "TPROXY"), 80)).isEqualTo(Fate.HANDED_OVER);
        // 32
        assertThat(inbound(settings(INBOUND_PORTS, "*", INTERCEPTION_MODE, "tproxy"), 80)).isEqualTo(Fate.INBOUND);
    }

    private static List<String> targets(CaptureSettings settings, Fate fate) {
        return Expectations.of(settings, List.of(IpAddress.parse(POD), IpAddress.parse("fd00:10::2"), IpAddress.parse("::6")), ROOT)
                .stream()
                .filter(each -> each instanceof Check check && check.fate() == fate && check.probe().person().equals(ROOT))
                .map(each -> ((Check) each).probe().target()).distinct().toList();
    }

    @Test
    void everyItemOfEveryListIsTriedWhereOnlyThatItemDecides() {
        CaptureSettings lists = settings(SERVICE_CIDR, "10.0.0.0/8,172.16.0.0/12", SERVICE_EXCLUDE_CIDR, "10.0.0.0/16,192.168.0.0/16",
                OUTBOUND_PORTS, "443", LOCAL_OUTBOUND_PORTS_EXCLUDE, "5432", INBOUND_PORTS, "80,8080-8090");
        assertThat(targets(lists, Fate.OUTBOUND)).containsExactly("tcp 203.0.113.10:443", "tcp 10.64.0.0:9797", "tcp 172.16.0.10:9797");
        assertThat(targets(lists, Fate.UNTOUCHED)).contains("tcp 203.0.113.10:9797", "tcp 10.0.0.10:9797", "tcp 192.168.0.10:443",
                "tcp 10.64.0.0:5432", "tcp 10.10.0.2:9797", "tcp 10.10.0.2:15008");
        assertThat(targets(lists, Fate.INBOUND)).containsExactly("tcp 10.10.0.2:80", "tcp 10.10.0.2:8080", "tcp 10.10.0.2:8090");
    }

    @Test
    void bothFamiliesAreTriedWhereBothAreCaptured() {
        CaptureSettings both = Pod.dualStack().resolved(SERVICE_CIDR, "*", INBOUND_PORTS, "*", DUAL_STACK, "true").settings();
        assertThat(targets(both, Fate.OUTBOUND)).containsExactly("tcp 203.0.113.10:9797", "tcp [2001:db8::10]:9797");
        assertThat(targets(both, Fate.INBOUND)).containsExactly("tcp 10.10.0.2:9797", "tcp [fd00:10::2]:9797");
        assertThat(targets(settings(SERVICE_CIDR, "*"), Fate.OUTBOUND)).containsExactly("tcp 203.0.113.10:9797");
    }

    @Test
    void whatCannotBeTriedIsNamed() {
        String many = String.join(",", IntStream.range(1, 101).mapToObj(i -> "10." + i + ".0.0/16").toList());
        assertThat(Expectations.of(settings(EXCLUDE_INTERFACES, "eth1", SERVICE_CIDR, many, OUTBOUND_PORTS, "http"),
                List.of(IpAddress.parse(POD)), ROOT).stream().filter(Expectation.Untried.class::isInstance).map(Expectation::subject))
                .containsExactly("captured outbound port http", "captured destinations: 84 of 100 items", "excluded interface eth1");
    }

    @Test
    void whoStandsForTheApplicationIsNobodyOfTheProxys() {
        CaptureSettings settings = settings(PROXY_UID, "0,1337", PROXY_GID, "0,5000");
        assertThat(Expectations.application(settings, ROOT)).isEqualTo(new Person(5000, 5001));
        assertThat(Expectations.proxyUser(settings, ROOT)).isEqualTo(ROOT);
        assertThat(Expectations.proxyGroup(settings, ROOT)).isEqualTo(new Person(5000, 0));
        assertThat(Expectations.application(settings(), new Person(7, 8))).isEqualTo(new Person(7, 8));
    }
}
