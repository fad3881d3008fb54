package dev.sidecarinjector.capture.state;

import java.util.List;
import java.util.function.Predicate;

/** Which of the programs called iptables is used (spec section 5.1); nothing is written to find out. */
public sealed interface IptablesChoice {
    /** With the reason in one line. */
    record Chosen(String program, String why) implements IptablesChoice {}

    /** None can be used. */
    record NotFound(String problem) implements IptablesChoice {}

    /**
     * Chooses for one family.
     *
     * @param prefix   {@code iptables} or {@code ip6tables}
     * @param forced   {@code legacy}, {@code nft} or empty
     * @param usable   whether a program is there and runs
     * @param hasRules whether a usable program lists rules or chains of its own; empty tables don't count, for looking at them creates them
     */
    static IptablesChoice choose(String prefix, String forced, Predicate<String> usable, Predicate<String> hasRules) {
        if (!List.of("", "legacy", "nft").contains(forced)) {
            return new NotFound("iptables binary \"" + forced + "\" unsupported");
        }
        if (!forced.isEmpty()) {
            String program = prefix + "-" + forced;
            return usable.test(program) ? new Chosen(program, "it was asked for") : new NotFound(program + ": binary not found");
        }
        String legacy = prefix + "-legacy";
        if (usable.test(legacy) && hasRules.test(legacy)) {
            return new Chosen(legacy, "it has rules already");
        }
        String nft = prefix + "-nft";
        if (usable.test(nft)) {
            return new Chosen(nft, "it is there, and " + legacy + " has no rules");
        }
        return usable.test(prefix)
                ? new Chosen(prefix, "there is neither " + legacy + " with rules nor " + nft)
                : new NotFound(
                        prefix + ": binary not found");
    }
}
