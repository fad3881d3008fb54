package dev.sidecarinjector.iptablesinit.preflight;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.state.Names;
import dev.sidecarinjector.iptablesinit.apply.KernelProgram;
import dev.sidecarinjector.iptablesinit.apply.Refused;
import dev.sidecarinjector.iptablesinit.preflight.Check.State;
import dev.sidecarinjector.iptablesinit.system.NetworkNamespace;
import dev.sidecarinjector.iptablesinit.system.NumbersOfNames;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import dev.sidecarinjector.iptablesinit.system.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Goes through everything that some settings need. Nothing is changed in this namespace. */
public final class Preflight {
    private static final String RIGHTS = "add the capability to the container's securityContext, and let it run as root or give the program"
            + " the capability (setcap)";

    private final CaptureSettings settings;
    private final RuleSet rules;
    private final SearchPath path;
    private final Map<String, String> variables;
    private final List<Check> checks = new ArrayList<>();

    private Preflight(CaptureSettings settings, RuleSet rules, SearchPath path, Map<String, String> variables) {
        this.settings = settings;
        this.rules = rules;
        this.path = path;
        this.variables = variables;
    }

    /**
     * A check for each thing.
     *
     * @param rules as they will be loaded
     */
    public static List<Check> checks(CaptureSettings settings, RuleSet rules, SearchPath path, Map<String, String> variables) {
        Preflight preflight = new Preflight(settings, rules, path, variables);
        preflight.namespace();
        preflight.programs();
        preflight.routing();
        preflight.accounts();
        return List.copyOf(preflight.checks);
    }

    private void namespace() {
        boolean hosts = NetworkNamespace.isHosts();
        checks.add(
                Check.of("network namespace", !hosts || settings.work().allowHostNetwork(), hosts ? "it is the machine's" : "it is a pod's",
                        "run in a pod without hostNetwork, or give --allow-host-network where the machine itself is the workload"));
    }

    private void programs() {
        Capabilities capabilities = Capabilities.parse(TextFiles.readOrEmpty("/proc/self/status"));
        checks.add(Check.of("capability NET_ADMIN", capabilities.netAdmin(), "/proc/self/status", RIGHTS));
        Scratch scratch = Scratch.open();
        if (settings.work().nativeNftables()) {
            program("nft", "install nftables in the image, or leave out --native-nftables");
            if (path.has("nft")) {
                KernelParts.ofNftables(rules, scratch).forEach(checks::add);
            }
            return;
        }
        boolean legacy = false;
        for (Family family : rules.families()) {
            try {
                KernelProgram program = KernelProgram.choose(path, settings.work(), family);
                checks.add(new Check(family.label() + " program", State.PRESENT, program.name() + ": " + program.why(), ""));
                legacy |= program.legacy();
                KernelParts.ofIptables(rules, family, program, scratch).forEach(checks::add);
            } catch (Refused e) {
                checks.add(new Check(family.label() + " program", State.MISSING, "none can be used", e.text()));
            }
        }
        if (legacy) {
            checks.add(Check.of("capability NET_RAW", capabilities.netRaw(), "/proc/self/status; the older iptables opens a raw socket",
                    RIGHTS));
            lock();
        }
        if (!rules.sets().isEmpty()) {
            program("ipset", "install ipset in the image, or give --no-sets");
        }
    }

    private void program(String name, String remedy) {
        checks.add(Check.of("program " + name, path.has(name), path.has(name) ? "found" : "in no folder of PATH", remedy));
    }

    /** Opened for writing and created by the older iptables; in CNI mode it is the namespace's own file. */
    private void lock() {
        boolean own = settings.work().cniMode() && !settings.work().networkNamespace().isEmpty();
        String file = own ? settings.work().networkNamespace() : variables.getOrDefault("XTABLES_LOCKFILE", "/run/xtables.lock");
        Path lock = Path.of(file);
        Path folder = lock.toAbsolutePath().getParent();
        boolean writable = Files.exists(lock) ? Files.isWritable(lock) : folder != null && Files.isWritable(folder);
        checks.add(Check.of("lock of iptables", writable, file,
                "mount an emptyDir at /run, or name a file that can be written in XTABLES_LOCKFILE,"
                        + " or use --force-iptables-binary=nft, which takes no lock"));
    }

    private void routing() {
        if (!rules.routing().addresses().isEmpty()) {
            String file = "/proc/sys/net/ipv6/conf/lo/disable_ipv6";
            String state = TextFiles.readOrEmpty(file).strip();
            checks.add(Check.of("IPv6 on lo", state.equals("0"), file + " is " + (state.isEmpty() ? "absent" : state),
                    "set the sysctl net.ipv6.conf.lo.disable_ipv6 to 0, or leave out --dual-stack: the address ::6 has its place there"));
        }
        if (!rules.routing().addresses().isEmpty() || !rules.routing().rules().isEmpty()) {
            program("ip", "install iproute2 in the image");
        }
    }

    private void accounts() {
        ids("user", "/proc/self/uid_map", settings.proxy().uids(), Names.Kind.USER);
        List<String> groups = new ArrayList<>(settings.proxy().gids());
        if (settings.outbound().groups().all()) {
            groups.addAll(settings.outbound().excludedGroups());
        } else {
            groups.addAll(settings.outbound().groups().items());
        }
        ids("group", "/proc/self/gid_map", groups, Names.Kind.GROUP);
    }

    private void ids(String kind, String file, List<String> texts, Names.Kind names) {
        IdMap map = IdMap.parse(TextFiles.readOrEmpty(file));
        for (String text : texts.stream().distinct().toList()) {
            // Of a range both ends; whoever maps them maps what is between.
            for (String end : text.split("-", 2)) {
                OptionalLong id = end.matches("\\d{1,10}") ? OptionalLong.of(Long.parseLong(end)) : new NumbersOfNames().number(names, end);
                checks.add(Check.of(kind + " " + end, id.isPresent() && map.covers(id.getAsLong()),
                        id.isPresent() ? file : "there is no such account in the image",
                        id.isPresent()
                                ? "the user namespace does not have it: map more numbers, or give the proxy a lower one"
                                : "give the number instead of the name"));
            }
        }
    }
}
