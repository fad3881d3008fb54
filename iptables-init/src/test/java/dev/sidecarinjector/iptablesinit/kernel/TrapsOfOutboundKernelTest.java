package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps 15 to 27: the ladder of outbound rules, each step with packets. */
class TrapsOfOutboundKernelTest extends KernelTest {
    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    private static void withGroups(Way way, String variable, String groups) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.add(way.flag());
        pod.run(Map.of(variable, groups), words).succeeded();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap15_theProxyReachesItsOwnPodByTheInboundListenerAndTheAppDirectly(Way way) {
        pod.init(way, "--dual-stack").succeeded();
        assertThat(pod.app().tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.proxy().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::originalDestination).containsExactly("INBOUND",
                Lab.POD + ":8080");
        assertThat(pod.app().tcp(Lab.POD6, 8080).who()).isEqualTo("APP");
        assertThat(pod.proxy().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap16_whatComesFromTheAddressSixIsNotCapturedAgain(Way way) {
        pod.init(way, "--dual-stack").succeeded();
        assertThat(pod.proxy().source("127.0.0.6").tcp(Lab.POD, 8080)).extracting(Seen::who, seen -> seen.peer().split(":", -1)[0])
                .containsExactly("APP", "127.0.0.6");
        assertThat(pod.proxy().source("::6").tcp(Lab.POD6, 8080)).extracting(Seen::who, seen -> seen.peer().startsWith("[::6]"))
                .containsExactly("APP", true);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap17_loopbackIsOneAddress(Way way) {
        pod.init(way).succeeded();
        assertThat(pod.proxy().tcp("127.0.0.1", 8080).who()).isEqualTo("APP");
        assertThat(pod.proxy().tcp("127.0.0.2", 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.app().tcp("127.0.0.2", 8080).who()).isEqualTo("APP");
    }

    /** The order of the rules is the reference's, and with it this hole. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap18_aProxyKnownByItsGroupOnlyReachesItsOwnPodDirectly(Way way) {
        pod.init(way, "-g", "1337").succeeded();
        assertThat(pod.app().gid(Lab.PROXY).tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.app().uid(Lab.PROXY).tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        pod.init(way, "-g", "1337", "-i", "0.0.0.0/0,127.0.0.0/8").succeeded();
        assertThat(pod.app().gid(Lab.PROXY).tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
    }

    /** Likewise. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap19_ofSeveralProxyUsersTheFirstOneReachesItsOwnPodByTheListener(Way way) {
        pod.init(way, "-u", "3,4").succeeded();
        assertThat(pod.app().uid(3).tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.app().uid(4).tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.app().uid(3).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().uid(4).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().gid(4).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().uid(5).gid(5).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap20_anExcludedOutboundPortBeatsEverything(Way way) {
        pod.init(way, "-o", "8080,53", "--redirect-dns", "--capture-all-dns").succeeded();
        assertThat(pod.proxy().tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.app().tcp(Lab.VIP, 8080).who()).isEqualTo("REAL");
        assertThat(pod.app().udp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
        assertThat(pod.app().tcp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap21_includingLoopbackCapturesTheAppsOwnConnections(Way way) {
        pod.init(way, "-i", "127.0.0.0/8").succeeded();
        assertThat(pod.app().tcp("127.0.0.2", 8080).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().tcp("127.0.0.1", 8080).who()).isEqualTo("APP");
        pod.init(way, "-i", "0.0.0.0/0").succeeded();
        assertThat(pod.app().tcp("127.0.0.2", 8080).who()).isEqualTo("APP");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap22_everythingIsMoreThanEveryIpv4Address(Way way) {
        pod.init(way, "-i", "*", "--dual-stack").succeeded();
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
        pod.init(way, "-i", "0.0.0.0/0", "--dual-stack").succeeded();
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        pod.init(way, "-i", "2001:db8::/32").succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        pod.init(way, "-x", "2001:db8::/32," + Lab.OTHER_VIP + "/32").succeeded();
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.rules(way)).doesNotContain("2001:db8");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap23_anExcludedPrefixBeatsAnIncludedPort(Way way) {
        pod.init(way, "-x", Lab.VIP + "/32", "-q", "80", "-i", "").succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 443).who()).isEqualTo("REAL");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap24_onlyThePrimaryGroupCountsAndAnEmptyListMeansNobody(Way way) {
        withGroups(way, "ISTIO_OUTBOUND_OWNER_GROUPS", "");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        withGroups(way, "ISTIO_OUTBOUND_OWNER_GROUPS", "202,203");
        assertThat(pod.app().gid(202).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().gid(203).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().gid(204).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        String member = pod.shell("setpriv --reuid 5000 --regid 204 --groups 202 /usr/bin/python3 -c 'import socket;"
                + "print(socket.create_connection((\"" + Lab.VIP + "\", 80), 1).recv(99).decode())'");
        assertThat(member).contains("\"REAL\"");
        withGroups(way, "ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE", "202");
        assertThat(pod.app().gid(202).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().gid(203).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    /** What iptables cannot load is said before anything is written; a range is one match. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap25_manyGroupsAreLoadedOrRefusedButNeverHalfLoaded(Way way) {
        List<Integer> groups = IntStream.range(0, 64).mapToObj(i -> 300 + 2 * i).toList();
        int limit = way == Way.NATIVE ? 64 : 49;
        withGroups(way, "ISTIO_OUTBOUND_OWNER_GROUPS", text(groups.subList(0, limit)));
        for (int group : List.of(300, 302, 394, 396, 298 + 2 * limit)) {
            assertThat(pod.app().gid(group).tcp(Lab.VIP, 80).who()).as("group " + group).isEqualTo("OUTBOUND");
        }
        for (int group : List.of(299, 301, 399, 300 + 2 * limit)) {
            assertThat(pod.app().gid(group).tcp(Lab.VIP, 80).who()).as("group " + group).isEqualTo("REAL");
        }
        withGroups(way, "ISTIO_OUTBOUND_OWNER_GROUPS", "300-427");
        assertThat(pod.app().gid(427).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().gid(428).tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        if (way != Way.NATIVE) {
            String before = pod.untouched(way);
            Outcome outcome = pod.run(Map.of("ISTIO_OUTBOUND_OWNER_GROUPS", text(groups)), List.of("-b", "*", "-i", "*", way.flag()));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.out()).contains("49 owner groups", "range");
            assertThat(pod.untouched(way)).isEqualTo(before);
        }
    }

    private static String text(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Where connections were tracked before; else the kernel takes an old connection for a new one. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap26_aConnectionFromBeforeKeepsItsServer(Way way) {
        pod.feed(
                "add table inet other\nadd chain inet other c { type filter hook output priority 0; }\nadd rule inet other c ct state new\n",
                "nft", "-f", "-");
        assertThat(pod.app().keep("before").tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        pod.init(way).succeeded();
        assertThat(pod.lab().in(Place.POD).again("before").who()).isEqualTo("REAL");
        assertThat(pod.app().keep("captured").tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        pod.init(way, "-i", "").succeeded();
        assertThat(pod.lab().in(Place.POD).again("captured").who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap27_datagramsAreNotCaptured(Way way) {
        pod.init(way).succeeded();
        assertThat(pod.app().udp(Lab.VIP, 5000).who()).isEqualTo("REALUDP");
        assertThat(pod.app().udp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
    }
}
