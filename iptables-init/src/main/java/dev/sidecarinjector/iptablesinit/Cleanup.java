package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.iptablesinit.apply.Dumps;
import dev.sidecarinjector.iptablesinit.apply.Inventory;
import dev.sidecarinjector.iptablesinit.apply.Refused;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.report.JsonObject;
import dev.sidecarinjector.iptablesinit.report.StatusReport;
import dev.sidecarinjector.iptablesinit.system.NamespaceAddresses;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.ArrayList;
import java.util.List;

/** Removes what is there, and tells what it was by looking before and after. */
final class Cleanup {
    private final Log log;
    private final CaptureSettings settings;
    private final SearchPath path;

    /**
     * What was removed, and what could not be.
     *
     * @param parts   how much of each program's was removed
     * @param removed each rule, chain, address and route
     * @param left    the same of what is still there
     */
    record Outcome(List<String> parts, List<String> removed, List<String> left) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());

        String text() {
            StringBuilder text = new StringBuilder(removed.isEmpty() && left.isEmpty() ? "nothing of capture was there\n" : "");
            parts.forEach(part -> text.append("removed ").append(part).append('\n'));
            left.forEach(line -> text.append("left ").append(line).append('\n'));
            return text.toString();
        }

        String json() {
            return new JsonObject().texts("removed", removed).texts("left", left) + "\n";
        }
    }

    Cleanup(Log log, CaptureSettings settings, SearchPath path) {
        this.log = log;
        this.settings = settings;
        this.path = path;
    }

    Outcome run(RuleSet rules) throws Refused {
        List<LocalAddress> addresses = NamespaceAddresses.read();
        Inventory before = Inventory.read(path, settings, addresses);
        if (before.isEmpty()) {
            return Outcome.NOTHING;
        }
        SetUp.change(settings, rules, new SetUp.Place(addresses, path, new Dumps()), log);
        List<String> left = StatusReport.things(Inventory.read(path, settings, NamespaceAddresses.read()));
        List<String> removed = new ArrayList<>(StatusReport.things(before));
        removed.removeAll(left);
        return new Outcome(left.isEmpty() ? StatusReport.summary(before) : removed, removed, left);
    }
}
