package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.state.Comparison;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.capture.state.NftListing;
import dev.sidecarinjector.capture.state.NftTransaction;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.NumbersOfNames;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.List;
import java.util.Map;

/** Brings our tables of nftables from what is loaded to what is wanted, all of them in one transaction (spec section 7). */
public final class NftRun {
    private final Log log;
    private final CaptureSettings settings;
    private final SearchPath path;

    public NftRun(Log log, CaptureSettings settings, SearchPath path) {
        this.log = log;
        this.settings = settings;
        this.path = path;
    }

    public void run(RuleSet planned) throws Refused {
        RuleSet rules = Shortened.of(planned, settings, path);
        String listing = listing();
        Loaded loaded = NftListing.parse(listing);
        if (!settings.work().forceApply() && Comparison.nftables(loaded, rules, new NumbersOfNames()).isDone()) {
            log.info("The nftables rules are loaded already");
            return;
        }
        warnOfRivals(listing);
        log.info("Applying nftables chains and rules");
        replace(loaded, rules);
    }

    /** In a user namespace a list may be more than a socket takes; then it goes in stages, of which the last changes the rules. */
    private void replace(Loaded loaded, RuleSet rules) throws Refused {
        List<String> texts = NftTransaction.replace(loaded, rules);
        for (String text : texts) {
            Result result = nft(text);
            if (texts.size() > 1 && result.err().contains("Message too long")) {
                replaceInStages(NftTransaction.replaceInStages(loaded, rules));
                return;
            }
            loaded(text, result);
        }
    }

    private void replaceInStages(List<String> stages) throws Refused {
        log.info("a socket takes no message as long as the lists of prefixes here; they are loaded in " + stages.size() + " stages");
        for (String stage : stages) {
            loaded(stage, nft(stage));
        }
    }

    private void loaded(String text, Result result) throws Refused {
        if (!result.isGood()) {
            throw KernelErrors.explain("nft", result, text);
        }
        log.info("Loaded by nft:\n" + text);
    }

    /** The rules of iptables are seen by nft where they are of the newer kind; for the older kind its own program is asked. */
    private void warnOfRivals(String listing) {
        boolean newer = listing.contains("\tchain ISTIO_");
        boolean older = Lookout.olderKindHasOurs(path, settings.work());
        if (newer || older) {
            log.warn((newer ? "iptables-nft" : "iptables-legacy")
                    + " holds rules of ours beside those of nftables, and which of them decide is left to "
                    + "chance: run --cleanup-only, which removes both, then this again");
        }
    }

    /** Removes our tables, if there are any. */
    public void cleanup() throws Refused {
        if (path.has("nft") && !loaded().tables().isEmpty()) {
            log.info("Removing nftables chains and rules");
            loaded(NftTransaction.cleanup(), nft(NftTransaction.cleanup()));
        }
    }

    /** Without counts and without the elements of sets. */
    Loaded loaded() throws Refused {
        return NftListing.parse(listing());
    }

    private String listing() throws Refused {
        if (!path.has("nft")) {
            throw new Refused("nativeNftables is enabled, but the nft binary is missing "
                    + (settings.work().cniMode() ? "on the host filesystem" : "in the sidecar container image"), "PATH",
                    "install nftables, or leave out --native-nftables");
        }
        List<String> command = List.of("nft", "-st", "list", "ruleset");
        Result result = Iptables.run(command, Map.of(), "");
        if (!result.isGood()) {
            throw KernelErrors.explain(String.join(" ", command), result, "");
        }
        return result.out();
    }

    private static Result nft(String text) {
        return Iptables.run(List.of("nft", "-f", "-"), Map.of(), text);
    }
}
