package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.rules.CidrSet;
import dev.sidecarinjector.capture.text.IpsetText;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sets that rules of iptables look prefixes up in: filled before a rule refers to them, removed when none does any more. */
final class Ipsets {
    /** The newer kind of rules lets go of a set a moment after its rules have gone. */
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(10);

    static final List<String> NAMES = List.of("ipset", "list", "-n");

    private Ipsets() {}

    /** Makes and fills sets that no rule refers to yet. */
    static void fill(List<CidrSet> sets) throws Refused {
        StringBuilder text = new StringBuilder();
        for (CidrSet set : sets) {
            text.append(IpsetText.fill(set));
        }
        if (!text.isEmpty()) {
            Result result = Iptables.run(List.of("ipset", "restore"), Map.of(), text.toString());
            if (!result.isGood()) {
                throw KernelErrors.explain("ipset restore", result, text.toString());
            }
        }
    }

    /** Names of sets of ours; none where the program is not there. */
    static List<String> there(SearchPath path) {
        if (!path.has("ipset")) {
            return List.of();
        }
        return ours(Iptables.run(NAMES, Map.of(), ""));
    }

    private static List<String> ours(Result result) {
        return result.isGood() ? result.out().lines().filter(CidrSet::isOurs).toList() : List.of();
    }

    /**
     * Removes sets of ours but those that are wanted; one that a rule of another kind still refers to stays, as the kernel sees to.
     *
     * @param dumps in which the listing of their names may have begun
     */
    static void removeAllBut(List<CidrSet> wanted, SearchPath path, Dumps dumps) {
        List<String> names = new ArrayList<>(path.has("ipset") ? ours(dumps.ofSets()) : List.of());
        wanted.forEach(set -> names.remove(set.name()));
        for (int attempt = 0; attempt < ATTEMPTS && !names.isEmpty(); attempt++) {
            names.removeIf(name -> Iptables.run(List.of("ipset", "destroy", name), Map.of(), "").isGood());
            if (!names.isEmpty()) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
