package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps 28 to 33: inbound connections, interfaces, and the mode that keeps the client's address. */
class TrapsOfInboundKernelTest extends KernelTest {
    /** A reset and an ICMP error, neither of which belongs to any connection. */
    private static final String STRAY = """
            import socket, struct
            def checksum(data):
                s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
                s = (s >> 16) + (s & 0xffff)
                return ~(s + (s >> 16)) & 0xffff
            me, pod = socket.inet_aton("10.10.0.1"), socket.inet_aton("10.10.0.2")
            def tcp(src, dst, sport, dport, flags):
                head = struct.pack("!HHIIBBHHH", sport, dport, 7, 7, 0x50, flags, 0, 0, 0)
                sum_ = checksum(src + dst + struct.pack("!BBH", 0, 6, len(head)) + head)
                return head[:16] + struct.pack("!H", sum_) + head[18:]
            s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
            s.sendto(tcp(me, pod, 4242, 8080, 4), ("10.10.0.2", 0))
            inner = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, 1, 0, 64, 6, 0, pod, me)
            inner = inner[:10] + struct.pack("!H", checksum(inner)) + inner[12:] + tcp(pod, me, 8080, 4243, 2)
            icmp = struct.pack("!BBHI", 3, 1, 0, 0) + inner
            icmp = icmp[:2] + struct.pack("!H", checksum(icmp)) + icmp[4:]
            s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
            s.sendto(icmp, ("10.10.0.2", 0))
            """;

    @BeforeAll
    static void start() {
        pod = SidecarPod.withMachine();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap28_inboundArrivesAtTheInterfacesAddressAndOutboundAtLoopback(Way way) {
        pod.init(way, "--dual-stack").succeeded();
        assertThat(pod.world().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::local, Seen::originalDestination).containsExactly("INBOUND",
                Lab.POD + ":15006", Lab.POD + ":8080");
        assertThat(pod.app().tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::local, Seen::originalDestination).containsExactly("OUTBOUND",
                "127.0.0.1:15001", Lab.VIP + ":80");
        assertThat(pod.world().tcp(Lab.POD6, 8080)).extracting(Seen::who, Seen::local).containsExactly("INBOUND",
                "[" + Lab.POD6 + "]:15006");
        assertThat(pod.app().tcp(Lab.VIP6, 80)).extracting(Seen::who, Seen::local).containsExactly("OUTBOUND", "[::1]:15001");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap29_theTunnelsPortIsNeverCapturedInbound(Way way) {
        pod.init(way, "-d", "8080").succeeded();
        assertThat(pod.world().tcp(Lab.POD, 15008).who()).isEqualTo("REFUSED");
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.world().tcp(Lab.POD, 8081).who()).isEqualTo("INBOUND");
        // With a list of ports the excluded ones mean nothing.
        pod.init(way, "-b", "8080,15008", "-d", "8080").succeeded();
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.world().tcp(Lab.POD, 8081).who()).isEqualTo("APP");
        assertThat(pod.world().tcp(Lab.POD, 15008).who()).isEqualTo("REFUSED");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap30_whatComesFromAVirtualMachineIsOutbound(Way way) {
        pod.init(way).succeeded();
        assertThat(pod.machine().tcp(Lab.VIP, 80).who()).isEqualTo("INBOUND");
        pod.init(way, "-k", "eth1").succeeded();
        assertThat(pod.machine().tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::originalDestination).containsExactly("OUTBOUND",
                Lab.VIP + ":80");
        assertThat(pod.machine().tcp(Lab.POD_ETH1, 8080).who()).isEqualTo("OUTBOUND");
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        pod.init(way, "-k", "eth1", "-i", Lab.OTHER_VIP + "/32").succeeded();
        assertThat(pod.machine().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.machine().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        pod.init(way, "-c", "eth1").succeeded();
        assertThat(pod.machine().tcp(Lab.POD_ETH1, 8080).who()).isEqualTo("APP");
        assertThat(pod.machine().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap31_theTransparentModeKeepsBothAddresses(Way way) {
        pod.init(way, "-m", "TPROXY", "--dual-stack").succeeded();
        assertThat(pod.world().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::local, seen -> seen.peer().split(":", -1)[0])
                .containsExactly("TPROXY-IN", Lab.POD + ":8080", Lab.WORLD);
        assertThat(pod.world().tcp(Lab.POD6, 8080)).extracting(Seen::who, Seen::local).containsExactly("TPROXY-IN",
                "[" + Lab.POD6 + "]:8080");
        // Needs the route for marked packets: the answers go to an address that is not here. In this mode the proxy's user is root.
        assertThat(pod.proxy().uid(0).source(Lab.WORLD).transparent().mark(1337).tcp(Lab.POD, 8080)).extracting(Seen::who,
                seen -> seen.peer().split(":", -1)[0]).containsExactly("APP", Lab.WORLD);
        assertThat(pod.machine().tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::local).containsExactly("TPROXY-IN", Lab.VIP + ":80");
        // The proxy's call of its own pod is redirected, the application's is not touched.
        assertThat(pod.proxy().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::local).containsExactly("INBOUND", "127.0.0.1:15006");
        assertThat(pod.app().tcp(Lab.POD, 8080).who()).isEqualTo("APP");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap32_onlyTheWordInCapitalsIsTheTransparentMode(Way way) {
        pod.init(way, "-m", "tproxy").succeeded();
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.rules(way)).doesNotContain("mangle");
        pod.reset();
        // A mark that the routes cannot have is refused before there are rules.
        for (String mark : new String[]{"0x539", "1337/0xff", "abc"}) {
            Outcome outcome = pod.init(way, "-m", "TPROXY", "-t", mark);
            assertThat(outcome.status()).as(mark).isEqualTo(1);
            assertThat(outcome.out()).containsPattern("\terror\t.*" + mark);
            assertThat(pod.rules(way)).as(mark).isEmpty();
        }
    }

    /** The reference's rules for nftables look at TCP only. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap33_packetsWithoutConnectionAreDropped(Way way) {
        pod.init(way, "--drop-invalid").succeeded();
        assertThat(pod.lab().run(Place.WORLD, "", "/usr/bin/python3", "-c", STRAY).isGood()).isTrue();
        String dropped = way == Way.NATIVE
                ? pod.shell("nft list chain inet istio-proxy-mangle istio-drop")
                : pod.shell(way.program(false) + " -t mangle -L ISTIO_DROP -v -x -n");
        assertThat(dropped).containsPattern(way == Way.NATIVE ? "counter packets 1 bytes 40 drop" : "\n +2 +108 DROP");
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
    }
}
