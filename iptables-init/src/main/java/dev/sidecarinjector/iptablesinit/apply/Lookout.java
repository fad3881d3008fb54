package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import dev.sidecarinjector.capture.state.IptablesChoice;
import dev.sidecarinjector.capture.state.IptablesChoice.Chosen;
import dev.sidecarinjector.capture.state.IptablesChoice.NotFound;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.capture.state.LoadedRule;
import dev.sidecarinjector.capture.state.LoadedTable;
import dev.sidecarinjector.iptablesinit.apply.Dumps.Dump;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import dev.sidecarinjector.iptablesinit.system.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which iptables is used for a family, and what it has loaded (spec section 5). Nothing is written to find out: a test rule would make the kernel create a
 * table, and the next run would see it and choose otherwise.
 */
final class Lookout {
    private static final String OLDER = "legacy";
    private static final String NEWER = "nft";

    private final SearchPath path;
    private final Work work;
    private final Family family;
    private final Dumps underWay;
    private final Map<String, Dump> dumps = new HashMap<>();

    /** A program and what it has loaded. */
    record Found(Iptables iptables, String dump, Loaded loaded) {}

    private Lookout(Dumps underWay, SearchPath path, Work work, Family family) {
        this.underWay = underWay;
        this.path = path;
        this.work = work;
        this.family = family;
    }

    static Found look(Dumps underWay, SearchPath path, Work work, Family family) throws Refused {
        return new Lookout(underWay, path, work, family).look();
    }

    /** Every program that can be used, for removing what any of them has loaded; an empty list where there is none. */
    static List<Found> all(Dumps underWay, SearchPath path, Work work, Family family) {
        Lookout lookout = new Lookout(underWay, path, work, family);
        String prefix = Iptables.prefix(family);
        List<Found> found = new ArrayList<>(2);
        for (String program : List.of(prefix + "-legacy", prefix + "-nft")) {
            if (lookout.isUsable(program)) {
                found.add(lookout.found(program, "it is there"));
            }
        }
        if (found.isEmpty() && lookout.isUsable(prefix)) {
            found.add(lookout.found(prefix, "it is the only one"));
        }
        return found;
    }

    /** Whether a program of IPv4 is there and has rules of ours; of the older kind no process is needed to know where the kernel has none of its tables. */
    static boolean hasOurs(Dumps underWay, SearchPath path, Work work, String program) {
        Lookout lookout = new Lookout(underWay, path, work, Family.IPV4);
        return lookout.isUsable(program) && lookout.dump(program).loaded().hasOurs();
    }

    /** Begins with the dumps that will be asked for, as far as can be told without the settings: IPv6 is looked at where IPv4 has rules of ours. */
    static void lookAhead(Dumps dumps, SearchPath path, String forced) {
        lookAhead(dumps, path, Family.IPV4, forced, () -> lookAhead(dumps, path, Family.IPV6, forced));
    }

    /** Begins with the dump of a family that will be asked for first. */
    static void lookAhead(Dumps dumps, SearchPath path, Family family, String forced) {
        lookAhead(dumps, path, family, forced, () -> {});
    }

    private static void lookAhead(Dumps dumps, SearchPath path, Family family, String forced, Runnable whereOurs) {
        boolean absent = legacyTablesAreAbsent(family);
        String kind = !forced.isEmpty() ? forced : absent ? NEWER : OLDER;
        String program = Iptables.prefix(family) + "-" + kind;
        boolean nothingToAsk = kind.equals(OLDER) && absent;
        if (!nothingToAsk && path.has(program + "-save")) {
            dumps.start(program, whereOurs);
        }
    }

    /** Begins with every dump that {@link #all} will ask for. */
    static void lookAheadForAll(Dumps dumps, SearchPath path, Family family) {
        for (String kind : legacyTablesAreAbsent(family) ? List.of(NEWER) : List.of(OLDER, NEWER)) {
            String program = Iptables.prefix(family) + "-" + kind;
            if (path.has(program + "-save")) {
                dumps.start(program);
            }
        }
    }

    private Found look() throws Refused {
        String prefix = Iptables.prefix(family);
        IptablesChoice choice = IptablesChoice.choose(prefix, work.forcedBinary(), this::isUsable, this::hasRules);
        if (choice instanceof NotFound(String problem)) {
            throw notFound(problem);
        }
        Chosen chosen = (Chosen) choice;
        return found(chosen.program(), chosen.why());
    }

    private Found found(String program, String why) {
        Dump dump = dump(program);
        boolean legacy = isLegacy(program);
        return new Found(new Iptables(family, program, why, legacy, variables(legacy)), dump.result().out(), dump.loaded());
    }

    /** The older kind creates its tables when it is only asked for them, so it is asked last, and not at all where the kernel has none of its tables. */
    private boolean isUsable(String program) {
        if (!path.has(program + "-save") || !path.has(program + "-restore")) {
            return false;
        }
        return dump(program).result().isGood();
    }

    private boolean hasRules(String program) {
        for (LoadedTable table : dump(program).loaded().tables().values()) {
            for (Map.Entry<String, List<LoadedRule>> chain : table.chains().entrySet()) {
                if (!chain.getValue().isEmpty() || !BuiltInChains.NAMES.contains(chain.getKey())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Dump dump(String program) {
        Dump known = dumps.get(program);
        if (known == null) {
            known = program.endsWith("-legacy") && legacyTablesAreAbsent(family) ? Dump.EMPTY : underWay.of(program);
            dumps.put(program, known);
        }
        return known;
    }

    /** The kernel's own list of tables of the older kind in this namespace; unreadable for others than root. */
    private static boolean legacyTablesAreAbsent(Family family) {
        String list = family == Family.IPV4 ? "/proc/net/ip_tables_names" : "/proc/net/ip6_tables_names";
        return TextFiles.read(list) instanceof TextFile.Content(String tables) && tables.isBlank();
    }

    private boolean isLegacy(String program) {
        if (program.endsWith("-nft")) {
            return false;
        }
        if (program.endsWith("-legacy")) {
            return true;
        }
        for (String folder : path.folders().split(":", -1)) {
            try {
                return !Path.of(folder, program).toRealPath().toString().contains("nft");
            } catch (IOException _) {
                // Not in this folder.
            }
        }
        return false;
    }

    /** In CNI mode the lock is the namespace's own file, so that pods don't wait for each other (spec section 5.4). */
    private Map<String, String> variables(boolean legacy) {
        return legacy && work.cniMode() && !work.networkNamespace().isEmpty()
                ? Map.of("XTABLES_LOCKFILE", work.networkNamespace())
                : Map.of();
    }

    private Refused notFound(String problem) {
        for (Map.Entry<String, Dump> dump : dumps.entrySet()) {
            if (!dump.getValue().result().isGood()) {
                return KernelErrors.explain(dump.getKey() + "-save", dump.getValue().result(), "");
            }
        }
        return new Refused(problem, "PATH", "install iptables in the image, or give --native-nftables where nft is there");
    }
}
