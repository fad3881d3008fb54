package dev.sidecarinjector.iptablesinit.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import dev.sidecarinjector.capture.state.Names.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {
    /** As Linux 6.18 prints it for eth0 10.10.0.2/24 and eth1 10.20.0.1/24, with the routes of TPROXY, shortened. */
    private static final String TRIE = """
            Id 133:
              |-- 0.0.0.0
                 /0 host LOCAL
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 0.0.0.0
                    /0 universe UNICAST
                 +-- 10.10.0.0/24 2 0 2
                    |-- 10.10.0.0
                       /24 link UNICAST
                    |-- 10.10.0.2
                       /32 host LOCAL
                    |-- 10.10.0.255
                       /32 link BROADCAST
                 |-- 10.20.0.1
                    /32 host LOCAL
                 +-- 127.0.0.0/8 2 0 2
                    |-- 127.0.0.0
                       /8 host LOCAL
                    |-- 127.0.0.1
                       /32 host LOCAL
            Local:
              +-- 10.10.0.0/24 2 0 2
                    |-- 10.10.0.2
                       /32 host LOCAL
            """;

    @Test
    void addressesOfBothTablesCountOnceAndRoutesThatAreNoneDoNot() {
        assertThat(NamespaceAddresses.ipv4(TRIE)).extracting(LocalAddress::text).containsExactly("10.10.0.2", "10.20.0.1");
    }

    @Test
    void onlyALoopbackAddressIsNone() {
        assertThat(NamespaceAddresses.ipv4("Local:\n  |-- 127.0.0.1\n     /32 host LOCAL\n")).isEmpty();
    }

    @Test
    void addressesOfIpv6HaveTheirInterfacesNumber() {
        assertThat(NamespaceAddresses.ipv6("""
                fd000010000000000000000000000002 0a 40 00 80     eth0
                00000000000000000000000000000001 01 80 10 80       lo
                """)).containsExactly(new LocalAddress(10, "fd00:0010:0000:0000:0000:0000:0000:0002"),
                new LocalAddress(1, "0000:0000:0000:0000:0000:0000:0000:0001"));
    }

    @Test
    void whatIsReadHereIsWhatIpShows() throws IOException {
        dev.sidecarinjector.iptablesinit.lab.Lab.requireTools("ip");
        List<String> shown = Child.run(List.of("ip", "-o", "addr"), Map.of(), "").out().lines().map(line -> line.split("\\s+", -1))
                .filter(words -> !words[1].equals("lo") && (words[2].equals("inet") || words[2].equals("inet6")))
                .map(words -> normal(words[3].split("/", -1)[0])).sorted().toList();
        Stream<String> read = NamespaceAddresses.read().stream().map(LocalAddress::text).map(SurroundingsTest::normal)
                .filter(text -> !text.equals(normal("::1")));
        assertThat(read.sorted()).isEqualTo(shown);
    }

    private static String normal(String address) {
        return dev.sidecarinjector.capture.address.IpAddress.parse(address).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", value = {"istio-proxy;1337", "root;0", "big;4294967294", "istio;-", "nobody;-", "bad;-",
            "short;-", "'';-", "x;-"})
    void aUserIsTheThirdFieldOfItsLine(String name, Long uid) {
        String passwd = """
                root:x:0:0:root:/root:/bin/bash
                istio-proxy:x:1337:1338::/:/bin/false
                big:x:4294967294:1::/:
                bad:x:-1a:1::/:
                short:x
                y:x:7:7
                """;
        assertThat(Accounts.userId(name, passwd)).isEqualTo(uid == null ? OptionalLong.empty() : OptionalLong.of(uid));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", value = {"http;80", "www;80", "domain;53", "tftp;-", "80;-", "remark;-"})
    void aServiceIsKnownByItsNamesOfTcp(String name, Long port) {
        String services = """
                # Network services
                http\t\t80/tcp\t\twww\t# remark
                domain 53/tcp
                domain 53/udp
                tftp 69/udp
                """;
        assertThat(NumbersOfNames.service(name, services)).isEqualTo(port == null ? OptionalLong.empty() : OptionalLong.of(port));
    }

    @Test
    void aNumberIsNoName() {
        assertThat(new NumbersOfNames().number(Kind.USER, "1337")).isEmpty();
        assertThat(new NumbersOfNames().number(Kind.USER, "root")).hasValue(0);
    }

    @Test
    void anUnreadableFileHasTheSystemsReason(@TempDir Path folder) {
        assertThat(TextFiles.read(folder.resolve("absent").toString())).isEqualTo(new TextFile.Unreadable("no such file or directory"));
        assertThat(TextFiles.read(folder.toString())).isEqualTo(new TextFile.Unreadable("is a directory"));
    }

    @Test
    void programsAreLookedForInTheFoldersOfPath(@TempDir Path folder) {
        assertThat(new SearchPath("/nowhere:" + Path.of(System.getProperty("java.home"), "bin")).has("java")).isTrue();
        assertThat(new SearchPath(folder + ":").has("java")).isFalse();
        assertThat(new SearchPath("").has("java")).isFalse();
    }

    @Test
    void muchInputToAProgramThatPrintsMuchDoesNotHang() throws IOException {
        String much = "a line of input\n".repeat(40_000);
        Child.Result result = Child.run(List.of("cat"), Map.of("X", "1"), much);
        assertThat(result).isEqualTo(new Child.Result(0, much, ""));
    }

    @Test
    void aProgramThatDoesNotReadItsInputIsNoError() throws IOException {
        Child.Result result = Child.run(List.of("sh", "-c", "echo $WORD; echo no >&2; exit 3"), Map.of("WORD", "yes"), "x".repeat(300_000));
        assertThat(result).isEqualTo(new Child.Result(3, "yes\n", "no\n"));
    }
}
