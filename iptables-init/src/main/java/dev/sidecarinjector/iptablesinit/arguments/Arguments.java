package dev.sidecarinjector.iptablesinit.arguments;

import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;
import java.util.Map;

/** What a command line says. */
public sealed interface Arguments {
    /**
     * A command line without fault of grammar; whether a value is of its flag's kind is not looked at.
     *
     * @param flags       values of each flag that was given, in order; a switch alone is {@code "true"}
     * @param others      the last value of each flag that only this command has
     * @param help        whether help is asked for, in which case nothing else is done
     * @param positionals words that belong to no flag; they have no meaning
     */
    record Given(Map<Setting, List<String>> flags, Map<String, String> others, boolean help,
            List<String> positionals) implements Arguments {}

    /**
     * A command line that cannot be read.
     *
     * @param message in the words of the reference implementation
     */
    record Unreadable(String message) implements Arguments {}
}
