package dev.sidecarinjector.sidecarctl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * What was given to a command that looks at injections: explain, diff, uninject, test.
 *
 * @param arguments where the configuration comes from
 * @param own       of the command's own flags
 * @param files     given with -f
 * @param named     given without a flag
 */
record Inspection(Arguments arguments, Map<InspectionFlag, String> own, List<String> files, List<String> named) {
    static final String EXPLAIN = "explain";
    static final String DIFF = "diff";
    static final String UNINJECT = "uninject";
    static final String TEST = "test";

    /** Those of kube-inject that every command takes. */
    static final List<Flag> SOURCES = List.of(Flag.INJECT_CONFIG_FILE, Flag.VALUES_FILE, Flag.MESH_CONFIG_FILE, Flag.OPERATOR_FILE,
            Flag.REVISION,
            Flag.OFFLINE, Flag.KUBECONFIG, Flag.CONTEXT, Flag.CLUSTER, Flag.USER, Flag.AS, Flag.ISTIO_NAMESPACE, Flag.MESH_CONFIG_MAP,
            Flag.INJECT_CONFIG_MAP);

    static Inspection of(String command, ParseResult result) {
        Map<Flag, String> values = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (flag != Flag.FILENAME && matches(result, command, flag)) {
                values.put(flag, flag.parameter() == null ? "" : result.matchedOptionValue(flag.longName(), ""));
            }
        }
        Map<InspectionFlag, String> own = new EnumMap<>(InspectionFlag.class);
        for (InspectionFlag flag : InspectionFlag.of(command)) {
            if (result.hasMatchedOption(flag.longName())) {
                own.put(flag, flag.parameter() == null ? "" : result.matchedOptionValue(flag.longName(), ""));
            }
        }
        List<String> files = result.matchedOptionValue(Flag.FILENAME.longName(), List.of());
        return new Inspection(new Arguments(values, files), own, files, result.matchedPositionalValue(0, List.of()));
    }

    /** Some names mean another thing here than for kube-inject. */
    private static boolean matches(ParseResult result, String command, Flag flag) {
        boolean taken = SOURCES.contains(flag) || (command.equals(UNINJECT) && flag == Flag.OUTPUT);
        return taken && result.hasMatchedOption(flag.longName());
    }

    /** The flag's value or its default; empty where there is neither. */
    String value(InspectionFlag flag) {
        String fallback = flag.defaultValue();
        return own.getOrDefault(flag, fallback == null ? "" : fallback);
    }

    /**
     * The same of a flag with a few words.
     *
     * @throws CommandFailure for another word
     */
    String choice(InspectionFlag flag, String... words) {
        String value = value(flag);
        if (!List.of(words).contains(value)) {
            throw new CommandFailure(ExitStatus.USAGE,
                    "invalid value \"" + value + "\" for " + flag.longName() + ": expected one of " + String.join(", ", words));
        }
        return value;
    }

    /** What a flag {@code --color} means here. */
    boolean colour(InspectionFlag flag, Console console, Environment environment) {
        String when = choice(flag, "auto", "always", "never");
        return when.equals("always") || (when.equals("auto") && environment.terminal() && console.isTerminal());
    }

    @Nullable
    String given(InspectionFlag flag) {
        String value = own.get(flag);
        return value == null || value.isEmpty() ? null : value;
    }

    /** All files, as kube-inject takes them. */
    List<String> allFiles() {
        List<String> all = new ArrayList<>(files);
        all.addAll(named);
        return all;
    }
}
