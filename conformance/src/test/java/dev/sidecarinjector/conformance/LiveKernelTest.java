package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The peer's cases of traffic capture in a real kernel, in a network namespace: what is loaded is what the peer loads. */
@WithConformanceData
class LiveKernelTest {
    private static final List<Way> IPTABLES = List.of(Way.LEGACY, Way.NFT);

    private static SidecarPod pod;

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @AfterAll
    static void stop() {
        if (pod != null) {
            pod.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIptablesSavesIsWhatThePeerSaves() {
        return CaptureCase.file("saved.json").properties().stream().flatMap(entry -> IPTABLES.stream().map(way -> {
            CaptureCase row = captures().filter(candidate -> entry.getKey().equals(candidate.kind() + "/" + candidate.name())).findFirst()
                    .orElseThrow();
            return test(entry.getKey() + " " + way, () -> {
                run(row, way).succeeded();
                for (boolean ipv6 : new boolean[]{false, true}) {
                    JsonNode expected = entry.getValue().path("saved").path((way == Way.LEGACY ? "legacy" : "nft") + (ipv6 ? "6" : "4"));
                    assertThat(tables(pod.shell(way.program(ipv6) + "-save"))).isEqualTo(tables(expected));
                }
            });
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatNftListsIsWhatThePeersTextGives() {
        return CaptureCase.of("nftables-capture").map(row -> test(row.kind() + "/" + row.name() + " NATIVE", () -> {
            pod.reset();
            pod.feed(row.expected("nft").replaceAll("skgid (!= )?(java|ftp)\\b", "skgid $10"), "nft", "-f", "-");
            String expected = pod.shell("nft -s list ruleset");
            assertThat(expected).contains("istio-proxy");
            run(row, Way.NATIVE, "java", "ftp").succeeded();
            assertThat(pod.shell("nft -s list ruleset")).isEqualTo(expected);
        }));
    }

    /** The peer refuses {@code --force-apply} where the rules are loaded; here they are loaded once more. */
    @TestFactory
    Stream<DynamicTest> idempotentEquivalentRerun() {
        return live("idempotent-equivalent-rerun").flatMap(row -> IPTABLES.stream().map(way -> test("live/" + row.name() + " again " + way,
                () -> {
                    assertThat(run(row, way).succeeded().changedRules()).isTrue();
                    String loaded = pod.rules(way);
                    assertThat(again(row, way).changedRules()).isFalse();
                    assertThat(again(row, way, "--force-apply").changedRules()).isTrue();
                    assertThat(pod.rules(way)).isEqualTo(loaded);
                    again(row, way, "--cleanup-only");
                    assertThat(pod.rules(way)).isEmpty();
                })));
    }

    /** The peer fails without {@code --reconcile}. */
    @TestFactory
    Stream<DynamicTest> idempotentUnequalRerun() {
        return live("idempotent-unequal-rerun").flatMap(row -> IPTABLES.stream().map(way -> test("live/" + row.name() + " unequal " + way,
                () -> {
                    run(row, way).succeeded();
                    String wanted = pod.rules(way);
                    pod.shell(way.program(false) + " -t nat -A OUTPUT -p tcp --dport 7777 -j ACCEPT");
                    String withForeign = pod.rules(way);
                    assertThat(again(row, way).changedRules()).isFalse();
                    for (String reconcile : List.of("--reconcile=false", "--reconcile")) {
                        pod.shell(way.program(false) + " -t nat -A ISTIO_INBOUND -p tcp --dport 7778 -j ACCEPT");
                        assertThat(again(row, way, reconcile).changedRules()).isTrue();
                        assertThat(pod.rules(way)).isEqualTo(withForeign).isNotEqualTo(wanted);
                    }
                    again(row, way, "--cleanup-only");
                    assertThat(pod.rules(way).lines().filter(line -> line.startsWith("-A")))
                            .containsExactly("-A OUTPUT -p tcp -m tcp --dport 7777 -j ACCEPT");
                })));
    }

    @TestFactory
    Stream<DynamicTest> nftIdempotentRerun() {
        return live("nft-idempotent-rerun").map(row -> test("live/" + row.name() + " again NATIVE", () -> {
            run(row, Way.NATIVE).succeeded();
            String loaded = pod.untouched(Way.NATIVE);
            assertThat(loaded).isNotEmpty();
            again(row, Way.NATIVE);
            assertThat(pod.untouched(Way.NATIVE)).isEqualTo(loaded);
            again(row, Way.NATIVE, "--cleanup-only");
            assertThat(pod.shell("nft list ruleset")).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> ipv6ToolsMissing(@TempDir Path folder) {
        String path = SidecarPod.pathWith(folder, "iptables-nft-save", "iptables-nft-restore", "ip");
        return Stream.of(false, true).map(ipv6 -> test("live/ipv6-tools-missing, IPv6 " + (ipv6 ? "on" : "off"), () -> {
            pod.reset();
            List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
            if (ipv6) {
                words.add("--dual-stack");
            }
            Child.Result result = pod.process(Map.of("PATH", path), words);
            assertThat(result.status()).as(result.out()).isEqualTo(ipv6 ? 1 : 0);
            assertThat(pod.rules(Way.NFT).isEmpty()).isEqualTo(ipv6);
        }));
    }

    /** A rule of others stays, a chain of ours goes; the peer fails at the latter with IPv6 on, and leaves it with IPv6 off. */
    @TestFactory
    Stream<DynamicTest> mixedState() {
        return CaptureCase.of("live").filter(row -> row.name().startsWith("mixed-state")).flatMap(row -> IPTABLES.stream()
                .map(way -> test("live/" + row.name() + " " + way, () -> {
                    pod.reset();
                    boolean ipv6 = row.json().path("ipv6_enabled").asBoolean();
                    pod.init(way, ipv6 ? "--dual-stack" : "--dual-stack=false").succeeded();
                    String wanted = pod.rules(way);
                    boolean foreign = row.name().contains("foreign");
                    boolean stale = row.name().contains("stale");
                    if (foreign) {
                        pod.shell(way.program(true) + " -t nat -A OUTPUT -p tcp --dport 7777 -j ACCEPT");
                    } else if (stale) {
                        pod.feed("*nat\n:ISTIO_INBOUND - [0:0]\n-A ISTIO_INBOUND -p tcp --dport 7778 -j ACCEPT\nCOMMIT\n",
                                way.program(true) + "-restore", "--noflush");
                    }
                    String mixed = pod.rules(way);
                    Outcome second = pod.init(way, ipv6 ? "--dual-stack" : "--dual-stack=false").succeeded();
                    assertThat(second.changedRules()).isEqualTo(stale);
                    assertThat(pod.rules(way)).isEqualTo(stale ? wanted : mixed);
                    assertThat(pod.shell(way.program(true) + "-save").contains("ISTIO")).isEqualTo(ipv6);
                    assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo(ipv6 ? "OUTBOUND" : "REAL");
                })));
    }

    /** Owners are numbers by the time that iptables sees them, so that no name service is asked, in whatever mode. */
    @TestFactory
    Stream<DynamicTest> sandbox() {
        return Stream.of(test("live/sandbox", () -> {
            pod.reset();
            String before = Files.readString(Path.of("/etc/nsswitch.conf"));
            String namespace = pod.shell("readlink /proc/self/ns/net");
            pod.init(Way.NFT, "--cni-mode", "--network-namespace", "/proc/self/ns/net").succeeded();
            assertThat(Files.readString(Path.of("/etc/nsswitch.conf"))).isEqualTo(before);
            assertThat(pod.lab().run(Place.POD, "", "readlink", "/proc/self/ns/net").out()).isEqualTo(namespace);
            assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        }));
    }

    private static Stream<CaptureCase> captures() {
        return Stream.of("iptables-capture", "nftables-capture", "cni-plugin").flatMap(CaptureCase::of);
    }

    /** The configurations that a live case applies to. */
    private static Stream<CaptureCase> live(String name) {
        JsonNode live = CaptureCase.of("live").filter(row -> row.name().equals(name)).findFirst().orElseThrow().json();
        List<CaptureCase> cases = live.path("applies_to").valueStream()
                .map(each -> captures().filter(row -> row.name().equals(each.asString())).findFirst()).flatMap(Optional::stream).toList();
        assertThat(cases).hasSizeGreaterThan(20);
        return cases.stream();
    }

    /** In a namespace as good as new. Groups are replaced by number 0, as the saved forms were made. */
    private static Outcome run(CaptureCase row, Way way, String... names) {
        pod.reset();
        pod.resolvConf(row.json().path("context").path("resolv_conf").asString(""));
        return invoke(row, way, List.of(), names.length == 0 ? new String[]{"java,202", "888,ftp"} : names);
    }

    private static Outcome again(CaptureCase row, Way way, String... more) {
        return invoke(row, way, List.of(more), "java,202", "888,ftp").succeeded();
    }

    private static Outcome invoke(CaptureCase row, Way way, List<String> more, String... names) {
        List<String> words = new ArrayList<>(row.json().path("argv").valueStream().map(JsonNode::asString).toList());
        words.removeAll(List.of("--dry-run", "--native-nftables"));
        words.add(way.flag());
        words.addAll(more);
        Map<String, String> variables = new TreeMap<>(Tables.map(row.json().path("env")));
        variables.replaceAll((name, value) -> name.contains("GROUPS")
                ? Arrays.stream(names).reduce(value, (text, group) -> text.replace(group, "0"))
                : value);
        return pod.run(variables, words);
    }

    /** Chains and rules of each table that has any. */
    private static Map<String, List<String>> tables(String dump) {
        Map<String, List<String>> tables = new TreeMap<>();
        String table = "";
        for (String line : dump.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith(":ISTIO")) {
                tables.computeIfAbsent(table, _ -> new ArrayList<>()).add(line.split(" ", -1)[0].substring(1));
            } else if (line.startsWith("-A")) {
                tables.computeIfAbsent(table, _ -> new ArrayList<>()).add(line);
            }
        }
        return sorted(tables);
    }

    private static Map<String, List<String>> tables(JsonNode expected) {
        Map<String, List<String>> tables = new TreeMap<>();
        expected.properties().forEach(table -> tables.put(table.getKey(),
                Stream.concat(table.getValue().path("chains").valueStream(), table.getValue().path("rules").valueStream())
                        .map(JsonNode::asString).toList()));
        return sorted(tables);
    }

    /** By chains, whose order is without meaning; rules of a chain stay in theirs. */
    private static Map<String, List<String>> sorted(Map<String, List<String>> tables) {
        tables.values().removeIf(List::isEmpty);
        tables.replaceAll((_, lines) -> lines.stream().sorted(Comparator.comparing(LiveKernelTest::chain)).toList());
        return tables;
    }

    private static String chain(String line) {
        return line.startsWith("-A ") ? line.split(" ", 3)[1] : line;
    }

    private static DynamicTest test(String id, Executable check) {
        return ConformanceReport.test(id, "kernel", check);
    }
}
