package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fifty thousand prefixes are loaded, change without a hole, and decide as the list says. */
class LongListsKernelTest extends KernelTest {
    private static final int COUNT = 50_000;
    /** Set up as a pod whose processes are mapped to others outside: the kernel takes shorter messages there. */
    private static final String USER_NAMESPACE = """
            ip link set lo up
            ip link add eth0 type veth peer name eth1
            ip addr add 10.10.0.2/24 dev eth0
            ip link set eth0 up
            "$@" > /dev/null || exit 1
            "$@" | grep -c 'loaded already\\|reconciliation not needed'
            nft list ruleset | grep -o '10[.]9[.][0-9.]*/28' | sort -u | wc -l
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        pod = SidecarPod.ipv4();
    }

    /** Prefixes that no two of can be merged, and one that is met. */
    private Path list(int count, String met) throws IOException {
        return Files.writeString(folder.resolve("list-" + met), IntStream.range(0, count - 1)
                .mapToObj(i -> "10." + i / 2048 + "." + i / 8 % 256 + "." + i % 8 * 32 + "/28\n").collect(Collectors.joining()) + met
                + "/32\n");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void fiftyThousandPrefixesDecideAsTheListSaysAndChangeAtOnce(Way way) throws IOException {
        Path first = list(COUNT, Lab.VIP);
        Path second = list(COUNT, Lab.OTHER_VIP);
        long start = System.nanoTime();
        pod.init(way, "--istio-service-exclude-cidr-file", first.toString()).succeeded();
        long fresh = System.nanoTime();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
        long before = System.nanoTime();
        assertThat(pod.init(way, "--istio-service-exclude-cidr-file", first.toString()).succeeded().changedRules()).isFalse();
        long again = System.nanoTime();
        pod.init(way, "--istio-service-exclude-cidr-file", second.toString()).succeeded();
        long changed = System.nanoTime();
        System.out.printf("%s: %d prefixes, fresh %d ms, again %d ms, changed %d ms%n", way, COUNT, (fresh - start) / 1_000_000,
                (again - before) / 1_000_000, (changed - again) / 1_000_000);
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("REAL");
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.rules(way)).isEmpty();
    }

    /** Without the program ipset the rules are merged prefixes, of which there are as many here. */
    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void withoutIpsetTheyAreRules(Way way) throws IOException {
        String path = SidecarPod.pathWith(folder, way.program(false) + "-save", way.program(false) + "-restore", "ip");
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.addAll(List.of(way.flag(), "--istio-service-exclude-cidr-file", list(10_000, Lab.VIP).toString()));
        Child.Result result = pod.process(Map.of("PATH", path), words);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.shell(way.program(false) + "-save | grep -c -e '-A ISTIO_OUTPUT.*-j RETURN'").strip()).satisfies(
                count -> assertThat(Integer.parseInt(count)).isGreaterThan(10_000));
    }

    /** That the kernel tells of users whom it does not know there is explained. */
    @Test
    void insideAUserNamespaceAUserThatIsNotMappedIsExplained() {
        List<String> command = new ArrayList<>(List.of("unshare", "-Urn", "sh", "-c", USER_NAMESPACE, "sh"));
        command.addAll(SidecarPod.command(List.of("-u", "1337", Way.NFT.flag(), "--log_target", "stderr")));
        Child.Result result = pod.lab().run(Place.POD, Map.of(), "", command);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).containsPattern("\terror\t(?s).*owner.*mapped in this user namespace");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"NFT", "NATIVE"})
    void insideAUserNamespaceTheyAreFilledInStages(Way way) throws IOException {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        // Root is the only user there, and iptables refuses others.
        words.addAll(List.of(way.flag(), "-u", "0", "--istio-service-exclude-cidr-file", list(COUNT, Lab.VIP).toString()));
        List<String> command = new ArrayList<>(List.of("unshare", "-Urn", "sh", "-c", USER_NAMESPACE, "sh"));
        command.addAll(SidecarPod.command(words));
        Child.Result result = pod.lab().run(Place.POD, Map.of(), "", command);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out().lines().findFirst()).as(result.out() + result.err()).hasValue("1");
    }
}
