package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Container;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the node, in a pod's network, as a CNI plugin starts it. */
class CniKernelTest extends KernelTest {
    /** Its own mounts are what a program sees; its namespace is what the lock is. */
    private static final String SPY = """
            #!/bin/sh
            { wc -c < /etc/nsswitch.conf; stat -L -c %i /run/xtables.lock; echo "$XTABLES_LOCKFILE"; } >> FOLDER/seen 2>&1
            PATH=FOLDERS
            exec PROGRAM "$@"
            """;
    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        pod = SidecarPod.ipv4();
    }

    private static String namespace(Place place) {
        return "/run/netns/" + pod.lab().namespace(place);
    }

    private static List<String> words(Way way, String... more) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.add(way.flag());
        words.add("--cni-mode");
        words.addAll(List.of(more));
        return words;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void programsSeeNoNameServicesAndTheOlderKindThePodsLock(Way way) throws Exception {
        String program = way == Way.NATIVE ? "nft" : way.program(false) + "-restore";
        Path spy = Files.writeString(folder.resolve(program),
                SPY.replace("FOLDERS", System.getenv("PATH")).replace("FOLDER", folder.toString())
                        .replace("PROGRAM", program));
        assertThat(spy.toFile().setExecutable(true)).isTrue();
        Path services = Path.of("/etc/nsswitch.conf");
        byte[] before = Files.readAllBytes(services);
        Child.Result result = pod.process(Map.of("PATH", folder + ":" + System.getenv("PATH")),
                words(way, "--network-namespace", namespace(Place.POD)));
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).doesNotContain("\twarn\t");
        String inode = pod.shell("stat -L -c %i " + namespace(Place.POD)).strip();
        List<String> seen = Files.readAllLines(folder.resolve("seen"));
        if (way == Way.LEGACY) {
            assertThat(seen).containsExactly("0", inode, namespace(Place.POD));
        } else {
            // What only lists asks for no names.
            assertThat(seen.get(seen.size() - 3)).isEqualTo("0");
            assertThat(seen).doesNotContain(inode);
        }
        assertThat(Files.readAllBytes(services)).isEqualTo(before).isNotEmpty();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theRulesOfOnePodAreNotLoadedIntoAnother(Way way) {
        SidecarPod.Outcome refused = pod.run(words(way, "--network-namespace", namespace(Place.WORLD)).toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("this is not the network namespace " + namespace(Place.WORLD),
                "nsenter --net=" + namespace(Place.WORLD) + " iptables-init");
        assertThat(pod.rules(way)).doesNotContain("ISTIO", "istio");
    }

    @Test
    void withoutTheRightToMountItWorksAndSaysWhatIsMissing() {
        Child.Result result = Container.in(folder).of(pod).program(words(Way.NFT));
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("\twarn\tprograms see the mounts of the node.*not permitted");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    /** Rules about owners are taken from somebody only who has the same users as the network that they are for. */
    @Test
    void aPodWithUsersOfItsOwnIsEnteredWithItsUsers() throws Exception {
        Process other = new ProcessBuilder("unshare", "-Un", "sleep", "60").start();
        try {
            Path proc = Path.of("/proc/" + other.pid());
            while (!Files.readString(proc.resolve("cmdline")).startsWith("sleep")) {
                Thread.onSpinWait();
            }
            Files.writeString(proc.resolve("uid_map"), "0 100000 65536");
            Files.writeString(proc.resolve("gid_map"), "0 100000 65536");
            List<String> net = List.of("nsenter", "--net=" + proc + "/ns/net");
            List<String> both = List.of("nsenter", "--user=" + proc + "/ns/user", "--net=" + proc + "/ns/net");
            run(both, "ip link set lo up; ip addr add 10.10.0.2/32 dev lo", List.of());
            Child.Result refused = run(net, "", words(Way.NFT, "--network-namespace", proc + "/ns/net"));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).containsPattern("\terror\t(?s).*owner.*nsenter --user=");
            Child.Result loaded = run(both, "", words(Way.NFT, "--network-namespace", proc + "/ns/net"));
            assertThat(loaded.status()).as(loaded.out() + loaded.err()).isZero();
            assertThat(run(both, "iptables-nft-save", List.of()).out()).contains("--uid-owner 1337 -j RETURN");
        } finally {
            other.destroyForcibly();
        }
    }

    private static Child.Result run(List<String> enter, String shell, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(enter);
        command.addAll(shell.isEmpty() ? SidecarPod.command(arguments) : List.of("sh", "-c", shell));
        return Child.run(command, Map.of(), "");
    }
}
