package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.plan.CapturePlanner;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.capture.settings.Finding;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Resolution.Rejected;
import dev.sidecarinjector.capture.settings.Resolution.Resolved;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.iptablesinit.apply.Dumps;
import dev.sidecarinjector.iptablesinit.apply.IptablesRun;
import dev.sidecarinjector.iptablesinit.apply.NftRun;
import dev.sidecarinjector.iptablesinit.apply.Refused;
import dev.sidecarinjector.iptablesinit.apply.Replaced;
import dev.sidecarinjector.iptablesinit.apply.RoutingRun;
import dev.sidecarinjector.iptablesinit.apply.RoutingState;
import dev.sidecarinjector.iptablesinit.arguments.Arguments;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Unreadable;
import dev.sidecarinjector.iptablesinit.arguments.FlagGrammar;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.log.LogSettings;
import dev.sidecarinjector.iptablesinit.log.LogSettings.Outcome;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import dev.sidecarinjector.iptablesinit.validate.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The main command: settings from the command line and the environment, then the rules (spec section 1.4). */
final class SetUp {
    private final World world;

    /** Where the rules go: addresses that are there, programs, and what is loaded. */
    record Place(List<LocalAddress> addresses, SearchPath path, Dumps dumps) {}

    SetUp(World world) {
        this.world = world;
    }

    // Here and below: the first switch over types in a process takes ten milliseconds, a quarter of the whole run.
    ExitStatus run(List<String> words) {
        Arguments arguments = FlagGrammar.read(words);
        if (arguments instanceof Unreadable(String message)) {
            return badCommandLine(message, message);
        }
        Given given = (Given) arguments;
        return given.help() ? help() : run(given);
    }

    private ExitStatus run(Given given) {
        Outcome outcome = LogSettings.of(given.flags());
        if (outcome instanceof Outcome.Wrong(String message)) {
            return badCommandLine(message, message);
        }
        Log log;
        try {
            log = Log.open(((Outcome.Read) outcome).settings(), world.out(), world.err());
        } catch (IOException e) {
            return failed(LogSettings.DEFAULT, "cannot write the log (--log_target): " + e.getMessage());
        }
        SearchPath path = SearchPath.of(world.variables());
        Dumps dumps = lookAhead(given, path);
        Surroundings surroundings = World.surroundings();
        Resolution resolution = CaptureSettings.resolve(given.flags(), world.variables(), surroundings);
        if (resolution instanceof Rejected rejected) {
            return rejected(rejected, log);
        }
        return apply((Resolved) resolution, new Place(surroundings.addresses(), path, dumps), log);
    }

    /** As far as the flags tell; variables may say otherwise, and then the look was for nothing. */
    private static Dumps lookAhead(Given given, SearchPath path) {
        if (isOn(given, Setting.DRY_RUN) || isOn(given, Setting.SKIP_RULE_APPLY)) {
            return new Dumps();
        }
        if (isOn(given, Setting.CLEANUP_ONLY)) {
            return IptablesRun.lookAheadForCleanup(path);
        }
        if (isOn(given, Setting.NATIVE_NFTABLES)) {
            return NftRun.lookAhead(path);
        }
        List<String> forced = given.flags().getOrDefault(Setting.FORCE_IPTABLES_BINARY, List.of(""));
        return IptablesRun.lookAhead(path, forced.getLast());
    }

    private static boolean isOn(Given given, Setting setting) {
        return given.flags().getOrDefault(setting, List.of("false")).getLast().equals("true");
    }

    private ExitStatus rejected(Rejected rejected, Log log) {
        if (rejected.badCommandLine()) {
            Finding first = rejected.problems().getFirst();
            return badCommandLine(first.what(), first.text());
        }
        for (Finding problem : rejected.problems()) {
            log.error(problem.text());
        }
        return ExitStatus.FAILED;
    }

    private ExitStatus apply(Resolved resolved, Place place, Log log) {
        for (Finding warning : resolved.warnings()) {
            log.warn(warning.text());
        }
        CaptureSettings settings = resolved.settings();
        ExitStatus status = settings.work().skipRuleApply() ? ExitStatus.OK : apply(settings, place, log);
        if (status != ExitStatus.OK || !settings.work().runValidation()) {
            return status;
        }
        return new Validation(log, settings).run() ? ExitStatus.OK : ExitStatus.NOT_CAPTURED;
    }

    private ExitStatus apply(CaptureSettings settings, Place place, Log log) {
        Work work = settings.work();
        log.info(Blocks.environment(world.variables(), work.nativeNftables()));
        log.info(Blocks.settings(settings));
        RuleSet rules = CapturePlanner.plan(settings);
        if (work.dryRun()) {
            return new DryRun(log).run(settings, rules);
        }
        try {
            change(settings, rules, place, log);
            return ExitStatus.OK;
        } catch (Refused e) {
            log.error(e.text());
            return ExitStatus.FAILED;
        }
    }

    static void change(CaptureSettings settings, RuleSet rules, Place place, Log log) throws Refused {
        Refused.inTheWrongNetwork(settings);
        IptablesRun iptables = new IptablesRun(log, settings, place.path(), place.dumps());
        NftRun nft = new NftRun(log, settings, place.path(), place.dumps());
        RoutingRun routing = new RoutingRun(log, place.path());
        if (settings.work().cleanupOnly()) {
            Set<Long> marks = new LinkedHashSet<>(iptables.run(rules).marks());
            marks.addAll(nft.cleanup().marks());
            routing.remove(RoutingState.ours(place.path(), place.addresses(), settings, marks, place.dumps()));
            return;
        }
        // First, since it may fail: without marked packets the routes have no effect, but rules without the routes would lose connections.
        try {
            routing.add(rules.routing(), place.addresses());
            Replaced replaced = settings.work().nativeNftables() ? nft.run(rules) : iptables.run(rules);
            routing.converge(replaced, rules.routing(), settings, place.addresses());
        } catch (Refused e) {
            routing.undo();
            throw e;
        }
    }

    /** One line for people on stderr, one entry in the log; no usage (spec section 1). */
    private ExitStatus badCommandLine(String error, String entry) {
        try {
            world.err().write(("Error: " + error + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody reads it; the status says it as well.
        }
        failed(LogSettings.DEFAULT, entry);
        return ExitStatus.USAGE;
    }

    private ExitStatus failed(LogSettings settings, String entry) {
        try {
            Log.open(settings, world.out(), world.err()).error(entry);
        } catch (IOException e) {
            throw new IllegalStateException("the standard streams are open", e);
        }
        return ExitStatus.FAILED;
    }

    private ExitStatus help() {
        try {
            world.out().write(CommandTree.help(null).getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody reads it.
        }
        return ExitStatus.OK;
    }
}
