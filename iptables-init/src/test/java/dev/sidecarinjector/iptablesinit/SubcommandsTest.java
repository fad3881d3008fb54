package dev.sidecarinjector.iptablesinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands besides the main one, in a real kernel. Numbers in names are those of the reference implementation's traps. */
class SubcommandsTest {
    private static final String NFT = "--force-iptables-binary=nft";
    private static final String LEGACY = "--force-iptables-binary=legacy";
    private static final String NATIVE = "--native-nftables";
    private static final String[] EVERYTHING = {"--dual-stack", "-m", "TPROXY", "--redirect-dns", "--capture-all-dns", "--drop-invalid",
            "-k",
            "eth1", "-c", "eth9", "-o", "5432"};

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void thePlanForesaysWhatARunDoes(String backend) {
        try (Lab lab = Lab.dualStack()) {
            Program program = Program.in(lab);
            assertThat(program.command("plan", with(backend))).satisfies(plan -> {
                assertThat(plan.status()).isEqualTo(2);
                assertThat(plan.out()).contains(", 0 to keep").containsPattern("add +addresses/lo +::6/128 dev lo ")
                        .containsPattern("add +routing/rules +fwmark 1337 lookup 133 priority 32765 ")
                        .contains("This outbound port is left alone. (-o, --istio-local-outbound-ports-exclude=5432 [flag])");
            });
            // With a blank before: a device's own address may have these letters within.
            assertThat(everything(lab)).as("planning changes nothing").doesNotContainIgnoringCase("istio").doesNotContain(" ::6", "fwmark");
            assertThat(program.usual(with(backend)).status()).isZero();
            assertThat(program.command("plan", with(backend))).satisfies(plan -> {
                assertThat(plan.out()).containsPattern(": 0 to change, [1-9]").doesNotContain(" add ", " remove ", " move ");
                assertThat(plan.status()).isZero();
            });
        }
    }

    @Test
    void thePlanTellsWhatIsWrongWithEachRule() {
        try (Lab lab = Lab.ipv4()) {
            Program program = Program.in(lab);
            program.usual(NFT, "-o", "5432");
            lab.run(Place.POD, "", "iptables-nft", "-t", "nat", "-A", "ISTIO_OUTPUT", "-p", "tcp", "-j", "ACCEPT");
            lab.run(Place.POD, "", "iptables-nft", "-t", "nat", "-D", "ISTIO_REDIRECT", "1");
            lab.run(Place.POD, "*nat\n-D ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN\n-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN\n"
                    + ":ISTIO_OLD - [0:0]\nCOMMIT\n", "iptables-nft-restore", "--noflush");
            Result plan = program.command("plan", NFT, "-o", "5433");
            assertThat(plan.status()).isEqualTo(2);
            assertThat(plan.out().lines().filter(line -> line.startsWith("  ")).map(line -> line.replaceAll(" {2,}", " ").strip()))
                    .containsExactlyInAnyOrder(
                            "add nat/ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001 What is captured outbound goes to the proxy's outbound port."
                                    + " (-p, --envoy-port=15001 [flag])",
                            "add nat/ISTIO_OUTPUT -p tcp -m tcp --dport 5433 -j RETURN This outbound port is left alone."
                                    + " (-o, --istio-local-outbound-ports-exclude=5433 [flag])",
                            "add nat/ISTIO_OUTPUT -p udp -m udp --dport 5433 -j RETURN This outbound port is left alone."
                                    + " (-o, --istio-local-outbound-ports-exclude=5433 [flag])",
                            "remove nat/ISTIO_OUTPUT -p tcp -m tcp --dport 5432 -j RETURN These settings do not ask for it.",
                            "remove nat/ISTIO_OUTPUT -p udp -m udp --dport 5432 -j RETURN These settings do not ask for it.",
                            "remove nat/ISTIO_OUTPUT -p tcp -j ACCEPT These settings do not ask for it.",
                            "move nat/ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN The proxy hands inbound connections to the application from"
                                    + " this address; capturing them would be a loop.",
                            "remove chain nat/ISTIO_OLD These settings do not ask for it.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void theStatusCountsConnectionsByIntentWithoutKnowingTheFlags(String backend) {
        try (Lab lab = Lab.ipv4()) {
            Program program = Program.in(lab);
            assertThat(program.command("status").out()).isEqualTo("nothing of capture is loaded\n");
            program.usual(backend, "-o", "443,5432");
            for (int i = 0; i < 3; i++) {
                lab.app().tcp(Lab.VIP, 443);
            }
            lab.app().tcp(Lab.VIP, 80);
            Result status = Program.in(lab).command("status", "-o", "");
            assertThat(status.status()).isZero();
            assertThat(status.out()).containsPattern("excluded port 443 \\(tcp\\): +3 hits ")
                    .containsPattern("excluded port 5432 \\(tcp\\): +0 hits ")
                    .containsPattern("captured outbound, every other destination: +1 hit ").doesNotContain("Warning");
            String json = program.command("status", "--output", "json").out();
            assertThat(json).startsWith("{\"loaded\": true, \"conflict\": \"\", ")
                    .contains("{\"intent\": \"excluded port 443 (tcp)\", \"packets\": 3, \"bytes\": 180, ");
        }
    }

    @Test
    void trap4RulesOfTwoProgramsAreReported() {
        try (Lab lab = Lab.ipv4()) {
            Program program = Program.in(lab);
            program.usual(NFT);
            program.usual(NATIVE);
            assertThat(program.command("status").out()).contains(
                    "Warning: rules of capture are loaded by iptables-nft and native nftables");
            assertThat(program.command("plan", NATIVE)).satisfies(plan -> {
                assertThat(plan.out()).contains("Note: iptables-nft has 18 rules of capture too");
                assertThat(plan.status()).isZero();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void cleanupTakesAwayWhatAnyFlagsMadeAndNothingElse(String backend) {
        try (Lab lab = Lab.dualStack()) {
            Program program = Program.in(lab);
            lab.run(Place.POD, "", "iptables-nft", "-t", "nat", "-A", "OUTPUT", "-p", "udp", "--dport", "9", "-j", "ACCEPT");
            lab.run(Place.POD, "", "ip", "rule", "add", "fwmark", "7", "lookup", "2004", "priority", "100");
            lab.run(Place.POD, "", "ip", "route", "add", "local", "default", "dev", "lo", "table", "2004");
            String before = everything(lab);
            String[] flags = with(backend, "-t", "77", "-r", "78");
            assertThat(program.usual(flags).status()).isZero();
            // The reference implementation adds one on each run (trap 14); the kernel puts it before the first that is there.
            lab.run(Place.POD, "", "ip", "rule", "add", "fwmark", "77", "lookup", "78");
            Result cleanup = lab.run(Place.POD, "", bare("cleanup"));
            assertThat(cleanup.status()).isZero();
            assertThat(cleanup.err()).isEmpty();
            assertThat(cleanup.out()).contains(" rules, ", "removed IPv6 address ::6/128 dev lo\n",
                    "removed IPv4 rule fwmark 77 lookup 78 priority 32765\n",
                    "removed IPv4 rule fwmark 77 lookup 78 priority 99\n", "removed IPv6 route local ::/0 dev lo table 78\n");
            assertThat(rules(everything(lab))).isEqualTo(rules(before)).contains("--dport 9 -j ACCEPT", "fwmark 0x7 lookup 2004");
            assertThat(lab.run(Place.POD, "", bare("cleanup"))).isEqualTo(new Result(0, "nothing of capture was there\n", ""));
        }
    }

    @Test
    void cleanupTakesAwayWhatSeveralProgramsMadeAndTheSetsOfLongLists() {
        Lab.requireTools("ipset");
        try (Lab lab = Lab.ipv4()) {
            Program program = Program.in(lab);
            StringBuilder list = new StringBuilder("10.0.0.0/24");
            for (int i = 2; i < 302; i += 2) {
                list.append(",10.").append(i / 256).append('.').append(i % 256).append(".0/24");
            }
            program.usual(LEGACY, "-x", list.toString());
            program.usual(NFT);
            program.usual(NATIVE);
            assertThat(lab.run(Place.POD, "", "ipset", "list", "-n").out()).startsWith("istio-4-");
            Result cleanup = lab.run(Place.POD, "", bare("cleanup", "--output=json"));
            assertThat(cleanup.out()).startsWith("{\"removed\": [\"iptables-legacy  nat/")
                    .contains("\"iptables-nft  chain nat/ISTIO_OUTPUT\"",
                            "\"nft  istio-proxy-nat/output", "\"ipset  istio-4-")
                    .endsWith("\"left\": []}\n");
            assertThat(everything(lab)).doesNotContainIgnoringCase("istio");
            assertThat(lab.run(Place.POD, "", "ipset", "list", "-n").out()).isEmpty();
            assertThat(lab.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void preflightFindsEverythingHereAndWritesNothing(String backend) {
        try (Lab lab = Lab.dualStack()) {
            String before = everything(lab);
            Result preflight = Program.in(lab).command("preflight", with(backend));
            assertThat(preflight.out()).doesNotContain("missing", "unknown").containsPattern("ok +capability NET_ADMIN ")
                    .containsPattern(backend.equals(NATIVE) ? "ok +zones of connection tracking +tried" : "ok +IPv6 target TPROXY +tried");
            assertThat(preflight.out().contains("NET_RAW")).as("only the older iptables needs a raw socket")
                    .isEqualTo(backend.equals(LEGACY));
            assertThat(preflight.status()).isZero();
            assertThat(everything(lab)).isEqualTo(before);
        }
    }

    @Test
    void preflightNamesWhatIsMissingAndWhatToDo() {
        try (Lab lab = Lab.dualStack()) {
            lab.run(Place.POD, "", "sysctl", "-w", "net.ipv6.conf.lo.disable_ipv6=1");
            Result trap46 = Program.in(lab).command("preflight", "--dual-stack");
            assertThat(trap46.status()).isOne();
            assertThat(trap46.out()).containsPattern("missing +IPv6 on lo +\\S+ is 1\n.*set the sysctl net.ipv6.conf.lo.disable_ipv6 to 0");
            assertThat(Program.in(lab).command("preflight").status()).as("without IPv6 it does not matter").isZero();

            Result trap45 = Program.in(lab).with("XTABLES_LOCKFILE", "/proc/nowhere/xtables.lock").command("preflight", LEGACY);
            assertThat(trap45.status()).isOne();
            assertThat(trap45.out()).containsPattern("missing +lock of iptables +/proc/nowhere/xtables.lock\n.*emptyDir at /run");

            Result noPrograms = Program.in(lab).with("PATH", "/nowhere").command("preflight", "--output", "json");
            assertThat(noPrograms.status()).isOne();
            assertThat(noPrograms.out()).startsWith("{\"ready\": false, ")
                    .contains("{\"what\": \"IPv4 program\", \"state\": \"missing\"", "install iptables in the image");

            Result nobody = Program.in(lab).command("preflight", "-u", "nosuchuser");
            assertThat(nobody.out()).containsPattern("missing +user nosuchuser ");
        }
    }

    @Test
    void preflightSeesThatRightsAndAccountsAreMissing() {
        try (Lab lab = Lab.ipv4()) {
            Lab.requireTools("unshare", "setpriv");
            List<String> unprivileged = new ArrayList<>(List.of("setpriv", "--bounding-set", "-all,+net_admin", "--inh-caps",
                    "-all,+net_admin"));
            unprivileged.addAll(List.of(bare("preflight", LEGACY)));
            assertThat(lab.run(Place.POD, Map.of(), "", unprivileged)).satisfies(result -> {
                assertThat(result.status()).isOne();
                assertThat(result.out()).containsPattern("ok +capability NET_ADMIN");
                assertThat(result.out()).containsPattern("missing +(capability NET_RAW|IPv4 program|IPv4 table nat)");
            });
            List<String> mapped = new ArrayList<>(List.of("unshare", "-r"));
            mapped.addAll(List.of(bare("preflight", "-u", "1337", NFT)));
            assertThat(lab.run(Place.POD, Map.of(), "", mapped)).satisfies(result -> {
                assertThat(result.status()).isOne();
                assertThat(result.out()).containsPattern("missing +user 1337 +/proc/self/uid_map\n.*map more numbers");
            });
        }
    }

    @Test
    void aWordThatIsNotTheFirstIsNoCommand() {
        try (Lab lab = Lab.ipv4()) {
            assertThat(Program.in(lab).run("plan", "--dry-run").out()).contains("Istio config:");
            assertThat(Program.in(lab).command("nosuchcommand", "--dry-run").out()).contains("Istio config:");
        }
    }

    private static String[] bare(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), IptablesInit.class.getName()));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    private static String[] with(String... more) {
        List<String> flags = new ArrayList<>(List.of(EVERYTHING));
        flags.addAll(List.of(more));
        return flags.toArray(String[]::new);
    }

    private static String everything(Lab lab) {
        StringBuilder all = new StringBuilder();
        for (String program : List.of("iptables-nft-save", "ip6tables-nft-save", "iptables-legacy-save", "ip6tables-legacy-save",
                "nft -s list ruleset inet", "ip -4 rule", "ip -6 rule", "ip -4 route show table all type local",
                "ip -6 route show table all type local", "ip addr show dev lo")) {
            // The older programs would create their tables by looking.
            if (!program.contains("legacy")
                    || !lab.run(Place.POD, "", "cat", "/proc/net/ip_tables_names", "/proc/net/ip6_tables_names").out().isEmpty()) {
                all.append(lab.run(Place.POD, "", program.split(" ", -1)).out());
            }
        }
        return all.toString().replaceAll("(?m)^#.*\n|\\[\\d+:\\d+]", "");
    }

    /** Without tables and hooks, which stay, empty, once they were there. */
    private static String rules(String everything) {
        return everything.lines().filter(line -> line.matches("-A.*|.*(?i:istio).*|\\d+:.*lookup.*|local .*|.*inet6?.*"))
                .reduce("", (all, line) -> all + line + "\n");
    }
}
