package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.rules.Backend;
import dev.sidecarinjector.capture.rules.LongLists;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.iptablesinit.system.SearchPath;

/** Long lists in the form in which they are loaded here: as sets where the programs can, else merged. */
public final class Shortened {
    private Shortened() {}

    /** The same rules where the settings want every prefix as a rule. */
    public static RuleSet of(RuleSet rules, CaptureSettings settings, SearchPath path) {
        if (!settings.work().sets()) {
            return rules;
        }
        return rules.backend() == Backend.NFTABLES || path.has("ipset")
                ? LongLists.inSets(rules, LongLists.THRESHOLD)
                : LongLists.merged(rules, LongLists.THRESHOLD);
    }
}
