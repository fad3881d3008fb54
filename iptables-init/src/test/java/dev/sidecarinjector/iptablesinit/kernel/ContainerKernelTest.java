package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Container;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
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

/** As process 1 of containers in which nothing can be written, with no more rights than an injector gives. */
class ContainerKernelTest extends KernelTest {
    private static final List<String> MUCH = List.of("--dual-stack", "-m", "TPROXY", "--redirect-dns", "--drop-invalid");
    private static final int SOMEBODY = 1337;
    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    private static List<String> words(Way way, List<String> more) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.add(way.flag());
        words.addAll(more);
        return words;
    }

    /** What a run without a container loads. */
    private static void assertLoads(Way way, Container container) {
        pod.init(way, MUCH.toArray(String[]::new)).succeeded();
        String rules = pod.rules(way);
        pod.reset();
        Child.Result first = container.of(pod).program(words(way, MUCH));
        assertThat(first.status()).as(first.out() + first.err()).isZero();
        assertThat(pod.rules(way)).isEqualTo(rules);
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("TPROXY-IN");
        Child.Result second = container.of(pod).program(words(way, MUCH));
        assertThat(second.status()).as(second.out() + second.err()).isZero();
        assertThat(second.out()).doesNotContain("Running iptables restore", "Loaded by nft");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"NFT", "NATIVE"})
    void rootNeedsNetAdminAndNetRawAndWritesNothing(Way way) {
        assertLoads(way, Container.in(folder));
    }

    @Test
    void theOlderKindNeedsAPlaceForItsLockAndSaysSo() {
        Child.Result refused = Container.in(folder).of(pod).program(words(Way.LEGACY, List.of()));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).containsPattern("\terror\t.*lock file.*mount an emptyDir at /run, or set XTABLES_LOCKFILE");
        assertThat(pod.rules(Way.LEGACY)).doesNotContain("ISTIO");
        assertLoads(Way.LEGACY, Container.in(folder).writable("/run"));
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"NFT", "NATIVE"})
    void anotherUserNeedsThemAsAmbientCapabilities(Way way) {
        assertLoads(way, Container.in(folder).ambientUser(SOMEBODY));
    }

    @Test
    void theOlderKindNeedsRootAndSaysSo() {
        Child.Result refused = Container.in(folder).of(pod).ambientUser(SOMEBODY).writable("/run").program(words(Way.LEGACY, List.of()));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).containsPattern("\terror\t.*only root may read.*--force-iptables-binary=nft");
    }

    @Test
    void whichTablesItTakesAnotherUserIsToldToo() {
        Child.Result result = Container.in(folder).of(pod).ambientUser(SOMEBODY).program(SidecarPod.DEFAULT);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("using iptables-nft:");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @Test
    void orTheProgramsHaveThemAsFileCapabilities() throws Exception {
        Lab.requireTools("setcap");
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : List.of("iptables-nft-save", "iptables-nft-restore", "ip6tables-nft-save", "ip6tables-nft-restore", "ip",
                "nft")) {
            Path copy = Files.copy(real(name), programs.resolve(name));
            assertThat(Child.run(List.of("setcap", "cap_net_admin,cap_net_raw+ep", copy.toString()), Map.of(), "").err()).isEmpty();
        }
        programs.toFile().setExecutable(true, false);
        Container container = Container.in(folder).of(pod).userOfPrograms(SOMEBODY, programs);
        for (Way way : List.of(Way.NFT, Way.NATIVE)) {
            Child.Result result = container.program(words(way, List.of("--redirect-dns", "--drop-invalid")));
            assertThat(result.status()).as(result.out() + result.err()).isZero();
            assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
            pod.reset();
            // Routes are no program's but ip's, which will not have it so.
            Child.Result refused = container.program(words(way, MUCH));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).containsPattern("\terror\t.*ip drops one that comes from its file");
            assertThat(pod.rules(way)).doesNotContain("ISTIO", "istio");
        }
    }

    private static Path real(String program) throws IOException {
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return Path.of(place, program).toRealPath();
            }
        }
        throw new IOException(program + " is not there");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void withoutThemItSaysWhichAreMissing(Way way) {
        for (Container container : List.of(Container.in(folder).capabilities("NET_RAW"), Container.in(folder).capabilities(),
                Container.in(folder).userOfPrograms(SOMEBODY, folder))) {
            Child.Result refused = container.writable("/run").of(pod).program(words(way, List.of()));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).containsPattern("\terror\t(?s).*NET_ADMIN and NET_RAW");
        }
        assertThat(pod.rules(way)).doesNotContain("ISTIO", "istio");
    }

    /** The proxy's user is one of those that are mapped, so that the kernel takes rules about it. */
    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"NFT", "NATIVE"})
    void inAPodWhoseUsersAreOthersOutside(Way way) {
        Child.Result result = Container.in(folder).mapped()
                .programs(List.of(words(way, List.of()), words(way, List.of()), List.of("status", "--output", "json")));
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("reconciliation not needed|loaded already").contains("(uid 1337), left alone");
    }

    /** Who may not act as other users cannot try what the proxy's user does; everything else can be tried, what comes in included. */
    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"NFT", "NATIVE"})
    void verifyProvesWhatComesInToo(Way way) {
        List<String> verify = new ArrayList<>(List.of("verify"));
        verify.addAll(words(way, List.of("--drop-invalid")));
        Child.Result result = Container.in(folder).programs(List.of(words(way, List.of("--drop-invalid")), verify));
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("ok           a neighbour to tcp 10.10.0.2:", "ok           a neighbour, with an answer that nobody",
                        " 0 failed,")
                .doesNotContainPattern("not checked +a neighbour");
        assertThat(result.out()).contains("CAP_SETUID and CAP_SETGID are missing");
    }
}
