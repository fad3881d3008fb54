package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.CidrSet;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.state.Change;
import dev.sidecarinjector.capture.state.Comparison;
import dev.sidecarinjector.capture.state.IptablesSave;
import dev.sidecarinjector.capture.state.IptablesTransaction;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.capture.state.Names;
import dev.sidecarinjector.capture.state.Plan;
import dev.sidecarinjector.capture.text.RestoreText;
import dev.sidecarinjector.iptablesinit.apply.Lookout.Found;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.NumbersOfNames;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the rules of iptables from what is loaded to what is wanted: one dump per family, and one restore where something differs. */
public final class IptablesRun {
    private final Log log;
    private final CaptureSettings settings;
    private final SearchPath path;
    private final Dumps dumps;
    private final CniMode cniMode;
    private final Names names = new NumbersOfNames();

    /** A family with what is loaded and the text that is to change it. */
    private record Step(Found found, String text, boolean fresh) {
        Family family() {
            return found.iptables().family();
        }
    }

    public IptablesRun(Log log, CaptureSettings settings, SearchPath path, Dumps dumps) {
        this.dumps = dumps;
        this.log = log;
        this.settings = settings;
        this.path = path;
        cniMode = new CniMode(log, settings.work());
    }

    /**
     * Begins to look at what is loaded while the settings are still read; what is begun in vain does no harm.
     *
     * @param forced the kind of iptables that was asked for, or an empty text
     */
    public static Dumps lookAhead(SearchPath path, String forced) {
        Dumps dumps = new Dumps();
        Lookout.lookAhead(dumps, path, forced);
        return dumps;
    }

    /** The same for removing everything. */
    public static Dumps lookAheadForCleanup(SearchPath path) {
        Dumps dumps = new Dumps();
        for (Family family : Family.values()) {
            Lookout.lookAheadForAll(dumps, path, family);
        }
        if (path.has("nft")) {
            dumps.startNft();
        }
        if (path.has("ipset")) {
            dumps.startSets();
        }
        if (path.has("ip")) {
            for (Family family : Family.values()) {
                dumps.startRouting(family);
            }
        }
        return dumps;
    }

    /** Both families are changed, or neither. */
    public Replaced run(RuleSet planned) throws Refused {
        RuleSet rules = Shortened.of(planned, settings, path);
        List<Step> steps = new ArrayList<>(2);
        for (Found found : looks(rules)) {
            steps.add(step(found, rules));
        }
        report(steps);
        if (!settings.work().cleanupOnly()) {
            fill(rules, steps);
        }
        restore(steps);
        Dumps after = new Dumps();
        Rivals rivals = new Rivals(log, path, settings.work());
        for (Step step : steps) {
            if (!step.text().isEmpty()) {
                after.startText(step.found().iptables().program());
                if (!settings.work().cleanupOnly()) {
                    rivals.lookAhead(step.found().iptables(), after);
                }
            }
        }
        for (Step step : steps) {
            finalState(step, after);
        }
        return afterwards(rules, steps, rivals, after);
    }

    /** What the change has made superfluous, and what is beside it. */
    private Replaced afterwards(RuleSet rules, List<Step> steps, Rivals rivals, Dumps after) {
        boolean cleanup = settings.work().cleanupOnly();
        boolean replaced = false;
        boolean sets = cleanup;
        Set<Long> marks = new LinkedHashSet<>();
        @Nullable
        Iptables changed = null;
        for (Step step : steps) {
            if (!step.text().isEmpty()) {
                Loaded loaded = step.found().loaded();
                changed = changed == null ? step.found().iptables() : changed;
                replaced |= loaded.hasOurs();
                sets |= loaded.refersToSets();
                marks.addAll(loaded.marks());
            }
        }
        if (sets) {
            Ipsets.removeAllBut(cleanup ? List.of() : rules.sets(), path, dumps);
        }
        if (changed != null && !cleanup) {
            rivals.warn(changed, dumps, after);
        }
        return new Replaced(replaced, marks);
    }

    /** IPv6 is looked at where it is to be captured, and where rules of an earlier run in IPv4 say that there may be some in IPv6. */
    List<Found> looks(RuleSet rules) throws Refused {
        List<Found> found = new ArrayList<>(2);
        if (settings.work().cleanupOnly()) {
            found.addAll(Lookout.all(dumps, path, settings.work(), Family.IPV4));
            found.addAll(Lookout.all(dumps, path, settings.work(), Family.IPV6));
            return found;
        }
        if (rules.families().contains(Family.IPV6)) {
            Lookout.lookAhead(dumps, path, Family.IPV6, settings.work().forcedBinary());
        }
        found.add(Lookout.look(dumps, path, settings.work(), Family.IPV4));
        log.info("using " + found.getFirst().iptables().program() + ": " + found.getFirst().iptables().why());
        if (rules.families().contains(Family.IPV6)) {
            found.add(Lookout.look(dumps, path, settings.work(), Family.IPV6));
        } else if (found.getFirst().loaded().hasOurs()) {
            try {
                found.add(Lookout.look(dumps, path, settings.work(), Family.IPV6));
            } catch (Refused e) {
                log.debug("IPv6 is not looked at: " + e.text());
            }
        }
        return found;
    }

    private Step step(Found found, RuleSet rules) {
        Family family = found.iptables().family();
        Loaded loaded = found.loaded();
        boolean wanted = rules.families().contains(family) && !settings.work().cleanupOnly();
        if (!wanted) {
            return new Step(found, loaded.tables().isEmpty() ? "" : IptablesTransaction.cleanup(loaded), false);
        }
        if (loaded.tables().isEmpty()) {
            return new Step(found, RestoreText.toLoad(rules, family), true);
        }
        Plan plan = Comparison.iptables(loaded, rules, family, names);
        if (plan.isDone()) {
            if (!settings.work().forceApply()) {
                return new Step(found, "", false);
            }
            log.warn(Replaced.ANEW);
        }
        boolean fresh = true;
        for (Change change : plan.changes()) {
            fresh &= change instanceof Change.Add;
        }
        if (fresh) {
            return new Step(found, RestoreText.toLoad(rules, family), true);
        }
        return new Step(found, settings.work().forceApply()
                ? IptablesTransaction.replaceAnew(loaded, rules, family, names)
                : IptablesTransaction.replace(loaded, rules, family, names), false);
    }

    private void report(List<Step> steps) {
        if (settings.work().cleanupOnly()) {
            return;
        }
        boolean clean = true;
        boolean done = true;
        for (Step step : steps) {
            clean &= step.fresh();
            done &= step.text().isEmpty();
        }
        if (done) {
            log.info("Found compatible residues of old iptables rules/chains, reconciliation not needed");
        } else if (clean) {
            log.info("Clean-state detected, new iptables are needed");
        } else {
            log.info("Found residues of old iptables rules/chains, which are replaced in one step per table");
        }
    }

    /** Sets that a loaded rule refers to are complete. */
    private static void fill(RuleSet rules, List<Step> steps) throws Refused {
        List<CidrSet> sets = new ArrayList<>();
        for (CidrSet set : rules.sets()) {
            boolean used = false;
            for (Step step : steps) {
                used |= step.found().loaded().refersTo(set.name());
            }
            if (!used) {
                sets.add(set);
            }
        }
        Ipsets.fill(sets);
    }

    private void restore(List<Step> steps) throws Refused {
        boolean announced = false;
        List<Step> begun = new ArrayList<>(2);
        for (Step step : steps) {
            if (step.text().isEmpty()) {
                continue;
            }
            if (!announced) {
                log.info(settings.work().cleanupOnly() ? "Removing iptables chains and rules" : "Applying iptables chains and rules");
                announced = true;
            }
            Iptables iptables = step.found().iptables();
            log.info("Running iptables restore with: " + iptables.restoreProgram() + " and the following input:\n" + step.text());
            begun.add(step);
            Result result = iptables.restore(step.text(), cniMode);
            if (!result.isGood()) {
                putBack(begun);
                throw KernelErrors.explain(iptables.restoreProgram(), result, step.text());
            }
        }
    }

    /** The tables as they were dumped; one that was not there is emptied. Tables change one by one, so that even the failed family may be half changed. */
    private void putBack(List<Step> begun) {
        for (Step step : begun) {
            if (isAsBefore(step)) {
                continue;
            }
            StringBuilder text = new StringBuilder(step.found().dump());
            for (String line : step.text().split("\n", -1)) {
                if (line.startsWith("*")) {
                    String table = line.substring(1).strip();
                    if (!step.found().loaded().tables().containsKey(table)) {
                        text.append('*').append(table).append("\nCOMMIT\n");
                    }
                }
            }
            Result result = step.found().iptables().replaceWhole(text.toString(), cniMode);
            if (result.isGood()) {
                log.warn("the rules of " + step.family() + " were put back as they were");
            } else {
                log.error(KernelErrors.explain(step.found().iptables().restoreProgram(), result, text.toString()).text());
            }
        }
    }

    /** A text that is refused in its first table changes nothing, and then the counts of others' rules are kept too. */
    private static boolean isAsBefore(Step step) {
        Result now = step.found().iptables().save();
        return now.isGood() && IptablesSave.parse(now.out(), step.family()).equals(step.found().loaded());
    }

    private void finalState(Step step, Dumps after) {
        String name = step.family() == Family.IPV4 ? "IPv4" : "IPv6";
        String state = step.found().dump();
        if (!step.text().isEmpty()) {
            Result saved = after.ofText(step.found().iptables().program());
            state = saved.isGood() ? saved.out() : saved.err();
        }
        log.info("Final iptables state (" + name + "):\n" + state);
    }
}
