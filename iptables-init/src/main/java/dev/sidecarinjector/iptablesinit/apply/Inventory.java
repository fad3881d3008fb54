package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.state.Hit;
import dev.sidecarinjector.capture.state.HitCounters;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.capture.state.NftListing;
import dev.sidecarinjector.iptablesinit.apply.Lookout.Found;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything of capture that a network namespace has, whichever program and settings made it.
 *
 * @param sources of programs that have something loaded
 * @param routing what belongs to the marks of the loaded rules, or to those of the settings
 * @param marks   of the loaded rules
 * @param sets    names of sets of ipset
 */
public record Inventory(List<Source> sources, RoutingState routing, Set<Long> marks, List<String> sets) {
    /**
     * What one program has loaded, by counters.
     *
     * @param families of the rules: one for iptables, both for nft
     * @param chains   our own, also those without a rule
     */
    public record Source(String program, List<Family> families, List<String> chains, List<Hit> hits) {}

    /**
     * Of this namespace; nothing is written to find out.
     *
     * @throws Refused where nft is there but does not answer
     */
    public static Inventory read(SearchPath path, CaptureSettings settings, List<LocalAddress> addresses) throws Refused {
        List<Source> sources = new ArrayList<>();
        Set<Long> marks = new LinkedHashSet<>();
        for (Family family : Family.values()) {
            for (Found found : Lookout.all(new Dumps(), path, settings.work(), family)) {
                if (found.loaded().hasOurs()) {
                    sources.add(counted(found));
                    marks.addAll(found.loaded().marks());
                }
            }
        }
        if (path.has("nft")) {
            Result result = Iptables.run(List.of("nft", "list", "ruleset", "inet"), Map.of(), "");
            if (!result.isGood()) {
                throw KernelErrors.explain("nft list ruleset", result, "");
            }
            Loaded loaded = NftListing.parse(result.out());
            if (!loaded.tables().isEmpty()) {
                sources.add(new Source("nft", List.of(Family.values()), chains(loaded), HitCounters.nftables(result.out())));
                marks.addAll(loaded.marks());
            }
        }
        return new Inventory(List.copyOf(sources), RoutingState.ours(path, addresses, settings, marks, new Dumps()), marks,
                Ipsets.there(path));
    }

    private static Source counted(Found found) throws Refused {
        String program = found.iptables().program();
        Result result = Iptables.run(List.of(program + "-save", "-c"), Map.of(), "");
        if (!result.isGood()) {
            throw KernelErrors.explain(program + "-save -c", result, "");
        }
        Family family = found.iptables().family();
        return new Source(program, List.of(family), chains(found.loaded()), HitCounters.iptables(result.out(), family));
    }

    private static List<String> chains(Loaded loaded) {
        List<String> chains = new ArrayList<>();
        loaded.tables().forEach((name, table) -> table.chains().keySet().stream().filter(chain -> !BuiltInChains.NAMES.contains(chain))
                .forEach(chain -> chains.add(name + "/" + chain)));
        return chains;
    }

    /** Whether there is nothing of capture. */
    public boolean isEmpty() {
        return sources.isEmpty() && routing.isEmpty() && sets.isEmpty();
    }

    /** The kinds of rules of which some are loaded: {@code legacy}, {@code nft}, {@code native nftables}. With more than one, each ignores what another excludes. */
    public List<String> backends() {
        Set<String> backends = new LinkedHashSet<>();
        for (Source source : sources) {
            backends.add(source.program().equals("nft") ? "native nftables" : source.program().replaceFirst("^ip6?", "ip"));
        }
        return List.copyOf(backends);
    }
}
