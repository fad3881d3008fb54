package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.plan.CapturePlanner;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Finding;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Resolution.Rejected;
import dev.sidecarinjector.capture.settings.Resolution.Resolved;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.text.RuleTable;
import dev.sidecarinjector.iptablesinit.apply.Difference;
import dev.sidecarinjector.iptablesinit.apply.Inventory;
import dev.sidecarinjector.iptablesinit.apply.Refused;
import dev.sidecarinjector.iptablesinit.apply.Shortened;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Unreadable;
import dev.sidecarinjector.iptablesinit.log.Level;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.log.LogSettings;
import dev.sidecarinjector.iptablesinit.preflight.Check;
import dev.sidecarinjector.iptablesinit.preflight.Preflight;
import dev.sidecarinjector.iptablesinit.report.PlanReport;
import dev.sidecarinjector.iptablesinit.report.PreflightReport;
import dev.sidecarinjector.iptablesinit.report.StatusReport;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import dev.sidecarinjector.iptablesinit.verify.Report;
import dev.sidecarinjector.iptablesinit.verify.Verification;
import dev.sidecarinjector.iptablesinit.verify.Verification.Unable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a command that is not the main one: its result goes to stdout, what went wrong to stderr. */
final class Subcommands {
    private final World world;
    private final SearchPath path;
    private final Surroundings surroundings = World.surroundings();

    Subcommands(World world) {
        this.world = world;
        path = SearchPath.of(world.variables());
    }

    /** The first word is a command's name. */
    ExitStatus run(List<String> words) {
        CommandTree.Parsed parsed = CommandTree.parse(words);
        return switch (parsed.arguments()) {
            case Unreadable(String message) -> complain(ExitStatus.USAGE, message);
            case Given given when given.help() -> print(CommandTree.help(parsed.command()), ExitStatus.OK);
            case Given given -> run(parsed.command(), given);
        };
    }

    private ExitStatus run(Subcommand command, Given given) {
        String output = given.others().getOrDefault(CommandTree.OUTPUT, "text");
        if (!output.equals("text") && !output.equals("json")) {
            return complain(ExitStatus.USAGE, "invalid argument \"" + output + "\" for \"--output\" flag: give text or json");
        }
        Map<Setting, List<String>> flags = new LinkedHashMap<>(given.flags());
        if (command == Subcommand.CLEANUP) {
            flags.put(Setting.CLEANUP_ONLY, List.of("true"));
        }
        Resolution resolution = CaptureSettings.resolve(flags, world.variables(), looksAtWhatIsThere(command) ? anywhere() : surroundings);
        if (resolution instanceof Rejected rejected) {
            rejected.problems().forEach(problem -> say("Error: " + problem.text()));
            return rejected.badCommandLine() ? ExitStatus.USAGE : ExitStatus.FAILED;
        }
        Resolved resolved = (Resolved) resolution;
        for (Finding warning : looksAtWhatIsThere(command) ? List.<Finding>of() : resolved.warnings()) {
            say("Warning: " + warning.text());
        }
        try {
            return run(command, resolved.settings(), output.equals("json"));
        } catch (Refused e) {
            return complain(ExitStatus.FAILED, e.text());
        }
    }

    private static boolean looksAtWhatIsThere(Subcommand command) {
        return command == Subcommand.STATUS || command == Subcommand.CLEANUP;
    }

    /** Rules may be there where an address is not any more; which one it was has no effect on what is found. */
    private Surroundings anywhere() {
        List<LocalAddress> addresses = new ArrayList<>(surroundings.addresses());
        addresses.add(new LocalAddress(Integer.MAX_VALUE, "192.0.2.1"));
        return new Surroundings(addresses, surroundings.userId(), surroundings.files());
    }

    private ExitStatus run(Subcommand command, CaptureSettings settings, boolean json) throws Refused {
        RuleSet rules = CapturePlanner.plan(settings);
        return switch (command) {
            case PLAN -> {
                Difference difference = Difference.of(log(), settings, rules, path, surroundings.addresses());
                yield print(json ? PlanReport.json(difference, settings) : PlanReport.text(difference, settings),
                        difference.isNone() ? ExitStatus.OK : ExitStatus.CHANGES);
            }
            case VERIFY -> verify(settings, json);
            case STATUS -> {
                Inventory inventory = Inventory.read(path, settings, surroundings.addresses());
                yield print(json ? StatusReport.json(inventory) : StatusReport.text(inventory), ExitStatus.OK);
            }
            case CLEANUP -> {
                Cleanup.Outcome outcome = new Cleanup(log(), settings, path).run(rules);
                yield print(json ? outcome.json() : outcome.text(), outcome.left().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED);
            }
            case PREFLIGHT -> {
                List<Check> checks = Preflight.checks(settings, Shortened.of(rules, settings, path), path, world.variables());
                yield print(json ? PreflightReport.json(checks) : PreflightReport.text(checks),
                        checks.stream().anyMatch(check -> check.state() == Check.State.MISSING) ? ExitStatus.FAILED : ExitStatus.OK);
            }
            case EXPLAIN -> {
                RuleSet shown = Shortened.of(rules, settings, path);
                yield print(json ? RuleTable.json(shown, settings) : RuleTable.text(shown, settings), ExitStatus.OK);
            }
        };
    }

    /** Only what is worth a warning, and not between the results. */
    private Log log() {
        try {
            return Log.open(new LogSettings(Level.WARN, false, List.of("stderr")), world.out(), world.err());
        } catch (IOException e) {
            throw new UncheckedIOException("the standard streams are open", e);
        }
    }

    private ExitStatus print(String text, ExitStatus status) {
        try {
            write(world.out(), text);
            return status;
        } catch (IOException e) {
            return complain(ExitStatus.FAILED, "cannot write the result: " + e.getMessage());
        }
    }

    private ExitStatus verify(CaptureSettings settings, boolean json) throws Refused {
        Refused.inTheWrongNetwork(settings);
        List<IpAddress> own = surroundings.addresses().stream().map(address -> IpAddress.parse(address.text())).filter(Objects::nonNull)
                .toList();
        try {
            Report report = new Verification(settings, own).run();
            ExitStatus status = print(json ? report.json() : report.text(), report.hasFailed() ? ExitStatus.NOT_CAPTURED : ExitStatus.OK);
            return report.hasFailed() || report.holds()
                    ? status
                    : complain(ExitStatus.FAILED, "nothing could be checked: the lines above say why");
        } catch (Unable e) {
            return complain(ExitStatus.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private ExitStatus complain(ExitStatus status, String problem) {
        say("Error: " + problem);
        return status;
    }

    private void say(String line) {
        try {
            write(world.err(), line + "\n");
        } catch (IOException _) {
            // Nobody reads it; the status says it as well.
        }
    }

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
