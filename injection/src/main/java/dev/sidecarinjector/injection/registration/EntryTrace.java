package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Truth;
import java.util.List;

/**
 * How one entry of a registration was evaluated.
 *
 * @param configuration name of the MutatingWebhookConfiguration
 * @param name          of the entry
 * @param truth         whether the webhook is asked
 * @param checks        all of them, also behind one that says no
 */
public record EntryTrace(String configuration, String name, Truth truth, List<Check> checks) {
    public EntryTrace {
        checks = List.copyOf(checks);
    }

    static EntryTrace of(String configuration, String name, List<Check> checks) {
        Truth truth = Truth.YES;
        for (Check check : checks) {
            truth = truth.and(check.truth());
        }
        return new EntryTrace(configuration, name, truth, checks);
    }
}
