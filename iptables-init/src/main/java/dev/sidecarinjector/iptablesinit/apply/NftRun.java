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
    /** Without counts and without the elements of sets. */
    static final List<String> LISTING = List.of("nft", "-st", "list", "ruleset");

    private final Log log;
    private final CaptureSettings settings;
    private final SearchPath path;
    private final Dumps dumps;
    private final CniMode cniMode;

    public NftRun(Log log, CaptureSettings settings, SearchPath path, Dumps dumps) {
        this.dumps = dumps;
        this.log = log;
        this.settings = settings;
        this.path = path;
        cniMode = new CniMode(log, settings.work());
    }

    /** Begins to look at what is loaded while the settings are still read; what is begun in vain does no harm. */
    public static Dumps lookAhead(SearchPath path) {
        Dumps dumps = new Dumps();
        if (path.has("nft")) {
            dumps.startNft();
        }
        return dumps;
    }

    /** All tables are changed, or none. */
    public Replaced run(RuleSet planned) throws Refused {
        RuleSet rules = Shortened.of(planned, settings, path);
        String listing = listing();
        Loaded loaded = NftListing.parse(listing);
        if (!loaded.tables().isEmpty() && Comparison.nftables(loaded, rules, new NumbersOfNames()).isDone()) {
            if (!settings.work().forceApply()) {
                log.info("The nftables rules are loaded already");
                return Replaced.NOTHING;
            }
            log.warn(Replaced.ANEW);
        }
        new Rivals(log, path, settings.work()).warn(listing);
        log.info("Applying nftables chains and rules");
        replace(loaded, rules);
        return loaded.tables().isEmpty() ? Replaced.NOTHING : new Replaced(true, loaded.marks());
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

    /** Removes our tables, if there are any. */
    public Replaced cleanup() throws Refused {
        Loaded loaded = path.has("nft") ? loaded() : Loaded.NOTHING;
        if (loaded.tables().isEmpty()) {
            return Replaced.NOTHING;
        }
        log.info("Removing nftables chains and rules");
        String text = NftTransaction.cleanup(loaded);
        loaded(text, nft(text));
        return new Replaced(true, loaded.marks());
    }

    Loaded loaded() throws Refused {
        return NftListing.parse(listing());
    }

    private String listing() throws Refused {
        if (!path.has("nft")) {
            throw new Refused("nativeNftables is enabled, but the nft binary is missing "
                    + (settings.work().cniMode() ? "on the host filesystem" : "in the sidecar container image"), "PATH",
                    "install nftables, or leave out --native-nftables");
        }
        Result result = dumps.ofNft();
        if (!result.isGood()) {
            throw KernelErrors.explain(String.join(" ", LISTING), result, "");
        }
        return result.out();
    }

    private Result nft(String text) {
        return Iptables.run(cniMode.command(false, List.of("nft", "-f", "-")), Map.of(), text);
    }
}
