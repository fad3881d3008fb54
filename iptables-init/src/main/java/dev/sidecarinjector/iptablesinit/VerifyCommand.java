package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Finding;
import dev.sidecarinjector.capture.settings.Resolution.Rejected;
import dev.sidecarinjector.capture.settings.Resolution.Resolved;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.iptablesinit.arguments.Arguments;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Unreadable;
import dev.sidecarinjector.iptablesinit.arguments.FlagGrammar;
import dev.sidecarinjector.iptablesinit.system.NetworkNamespace;
import dev.sidecarinjector.iptablesinit.verify.Report;
import dev.sidecarinjector.iptablesinit.verify.Verification;
import dev.sidecarinjector.iptablesinit.verify.Verification.Unable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** {@code verify}: whether what a command line asks for is so, proven by connections. */
final class VerifyCommand {
    static final String NAME = "verify";
    private static final String OUTPUT = "--output";

    private final World world;

    VerifyCommand(World world) {
        this.world = world;
    }

    ExitStatus run(List<String> words) {
        List<String> flags = new ArrayList<>();
        String format = "text";
        for (Iterator<String> each = words.iterator(); each.hasNext();) {
            String word = each.next();
            if (word.equals(OUTPUT) && each.hasNext()) {
                format = each.next();
            } else if (word.startsWith(OUTPUT + "=")) {
                format = word.substring(OUTPUT.length() + 1);
            } else {
                flags.add(word);
            }
        }
        if (!format.equals("text") && !format.equals("json")) {
            return complain(ExitStatus.USAGE, "invalid argument \"" + format + "\" for " + OUTPUT + ": give text or json");
        }
        Arguments arguments = FlagGrammar.read(flags);
        return switch (arguments) {
            case Unreadable(String message) -> complain(ExitStatus.USAGE, message);
            case Given given -> run(given, format.equals("json"));
        };
    }

    private ExitStatus run(Given given, boolean json) {
        Surroundings surroundings = World.surroundings();
        return switch (CaptureSettings.resolve(given.flags(), world.variables(), surroundings)) {
            case Rejected rejected -> {
                rejected.problems().forEach(problem -> complain(ExitStatus.FAILED, problem.text()));
                yield rejected.badCommandLine() ? ExitStatus.USAGE : ExitStatus.FAILED;
            }
            case Resolved(CaptureSettings settings, List<Finding> warnings) -> {
                warnings.forEach(warning -> complain(ExitStatus.OK, warning.text()));
                yield run(settings, surroundings, json);
            }
        };
    }

    private ExitStatus run(CaptureSettings settings, Surroundings surroundings, boolean json) {
        if (!settings.work().allowHostNetwork() && NetworkNamespace.isHosts()) {
            return complain(ExitStatus.FAILED,
                    "this is the network namespace of the machine: verify in a pod's, or give --allow-host-network");
        }
        List<IpAddress> own = surroundings.addresses().stream().map(address -> IpAddress.parse(address.text())).filter(Objects::nonNull)
                .toList();
        try {
            Report report = new Verification(settings, own).run();
            print(world.out(), json ? report.json() : report.text());
            return report.hasFailed()
                    ? ExitStatus.NOT_CAPTURED
                    : report.holds() ? ExitStatus.OK : complain(ExitStatus.FAILED, "nothing could be checked: the lines above say why");
        } catch (Unable e) {
            return complain(ExitStatus.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private ExitStatus complain(ExitStatus status, String message) {
        print(world.err(), (status == ExitStatus.OK ? "Warning: " : "Error: ") + message + "\n");
        return status;
    }

    private static void print(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody reads it; the status says it as well.
        }
    }
}
