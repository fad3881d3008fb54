package dev.sidecarinjector.iptablesinit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.plan.CapturePlanner;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import dev.sidecarinjector.capture.text.NftText;
import dev.sidecarinjector.capture.text.RestoreText;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.FlagGrammar;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.socket.NamespaceThread;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A pod in a network namespace of one thread, beside a world that refuses every connection. No program of the pod runs: the verification brings its own. Nothing of
 * it has a name, and it is gone with its threads.
 */
final class VerifiedPod implements AutoCloseable {
    private static final String RESOLV_CONF = "nameserver 10.96.0.10\nnameserver fd00:96::a\n";
    private static final String EMPTY_TABLES = "*mangle\nCOMMIT\n*nat\nCOMMIT\n*raw\nCOMMIT\n";
    private static final List<LocalAddress> ADDRESSES = List.of(new LocalAddress(2, "10.10.0.2"), new LocalAddress(2, "fd00:10::2"));

    private final ExecutorService pod = Executors.newSingleThreadExecutor();
    private final ExecutorService world = Executors.newSingleThreadExecutor();
    private final String program;
    final CaptureSettings settings;
    final RuleSet rules;

    /**
     * Without rules, but with the addresses and routes that they need.
     *
     * @param program {@code legacy}, {@code nft} or {@code native}
     */
    VerifiedPod(String program, String... commandLine) {
        Lab.requireTools("ip", "iptables-nft-restore", "iptables-legacy-restore", "nft");
        this.program = program;
        List<String> words = new ArrayList<>(List.of(commandLine));
        if (program.equals("native")) {
            words.add("--native-nftables");
        }
        Surroundings surroundings = new Surroundings(ADDRESSES, _ -> OptionalLong.empty(), _ -> new TextFile.Content(RESOLV_CONF));
        Resolution resolution = CaptureSettings.resolve(((Given) FlagGrammar.read(words)).flags(), Map.of(), surroundings);
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        settings = ((Resolution.Resolved) resolution).settings();
        rules = CapturePlanner.plan(settings);
        String threadOfWorld = in(world, VerifiedPod::leave);
        in(world, () -> {
            // Who is refused too often is not told so any more, and would have to wait.
            Files.writeString(Path.of("/proc/sys/net/ipv4/icmp_ratelimit"), "0");
            return Files.writeString(Path.of("/proc/sys/net/ipv6/icmp/ratelimit"), "0");
        });
        in(pod, VerifiedPod::leave);
        in(pod, () -> ip("link set lo up", "link add eth0 type veth peer name eth0 netns " + threadOfWorld, "link set eth0 up",
                "addr add 10.10.0.2/24 dev eth0", "addr add fd00:10::2/64 dev eth0 nodad"));
        in(world, () -> ip("link set lo up", "link set eth0 up", "addr add 10.10.0.1/24 dev eth0", "addr add fd00:10::1/64 dev eth0 nodad",
                "route add local 0.0.0.0/0 dev lo", "route add local ::/0 dev lo"));
        in(pod, () -> ip("route add default via 10.10.0.1", "route add default via fd00:10::1"));
        routing(rules.routing());
    }

    private static String leave() throws Exception {
        NamespaceThread.leave();
        return NamespaceThread.id();
    }

    private void routing(Routing routing) {
        routing.addresses().forEach(address -> in(pod, () -> ip("addr add " + address.address() + " dev lo")));
        routing.rules().forEach(
                rule -> in(pod, () -> ip("-" + number(rule.family()), "rule add fwmark " + rule.mark() + " lookup " + rule.table())));
        routing.routes().forEach(route -> in(pod,
                () -> ip("-" + number(route.family()), "route add local " + route.destination() + " dev lo table " + route.table())));
    }

    static String number(Family family) {
        return family == Family.IPV4 ? "4" : "6";
    }

    private static String ip(String... lines) throws Exception {
        boolean option = lines[0].startsWith("-");
        List<String> batch = List.of(lines).subList(option ? 1 : 0, lines.length);
        return good(Child.run(option ? List.of("ip", lines[0], "-batch", "-") : List.of("ip", "-batch", "-"), Map.of(),
                String.join("\n", batch) + "\n"));
    }

    private static String good(Result result) {
        assertThat(result).extracting(Result::status, Result::err).containsExactly(0, "");
        return result.out();
    }

    /** Runs a program in the pod. */
    String run(String input, String... command) {
        return in(pod, () -> good(Child.run(List.of(command), Map.of(), input)));
    }

    /** All rules. */
    VerifiedPod load() {
        rules.families().forEach(family -> load(family, rules));
        return this;
    }

    /** The rules of one family, whatever was there before; in native mode of both. */
    void load(Family family, RuleSet others) {
        if (program.equals("native")) {
            StringBuilder text = new StringBuilder();
            NftText.TABLES
                    .forEach(table -> text.append("add table inet " + table.nftables() + "\ndelete table inet " + table.nftables() + "\n"));
            run(text + NftText.of(others), "nft", "-f", "-");
            return;
        }
        String restore = (family == Family.IPV4 ? "iptables-" : "ip6tables-") + program + "-restore";
        String text = EMPTY_TABLES + RestoreText.of(others, family);
        if (program.equals("legacy")) {
            run(text, restore, "--wait=30");
        } else {
            run(text, restore);
        }
    }

    /** A rule as iptables has it, with its table. */
    String line(Family family, Rule rule) {
        RuleSet alone = rules
                .with(List.of(new Rule(rule.families(), rule.table(), rule.chain(), 0, rule.matches(), rule.target(), rule.why())));
        return RestoreText.of(alone, family).lines().filter(line -> line.startsWith("-A")).map(line -> rule.table().iptables() + " " + line)
                .findFirst().orElseThrow();
    }

    <T> T inPod(Callable<T> work) {
        return in(pod, work);
    }

    Report verify() {
        List<IpAddress> own = ADDRESSES.stream().map(address -> IpAddress.parse(address.text())).toList();
        return in(pod, () -> new Verification(settings, own,
                new Verification.Patience(Duration.ofMillis(400), Duration.ofMillis(200))).run());
    }

    private static <T> T in(ExecutorService thread, Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        pod.shutdownNow();
        world.shutdownNow();
    }
}
