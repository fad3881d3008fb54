package dev.sidecarinjector.iptablesinit.log;

import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;
import java.util.Map;

/**
 * What the log flags ask for.
 *
 * @param targets {@code stdout}, {@code stderr}, or files
 */
public record LogSettings(Level level, boolean json, List<String> targets) {
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, false, List.of("stdout"));

    /** Settings, or what is wrong with a flag. */
    public sealed interface Outcome {
        record Read(LogSettings settings) implements Outcome {}

        record Wrong(String message) implements Outcome {}
    }

    /** From the flags of a command line; a switch that is no truth value is left to the check of all flags. */
    public static Outcome of(Map<Setting, List<String>> flags) {
        List<String> levels = flags.get(Setting.LOG_OUTPUT_LEVEL);
        Level level = levels == null ? DEFAULT.level : Level.of(levels.getLast());
        if (level == null && levels != null) {
            return new Outcome.Wrong("invalid output level '" + levels.getLast()
                    + "' (--log_output_level): give none, error, warn, info or debug, alone or as scope:level");
        }
        List<String> json = flags.get(Setting.LOG_AS_JSON);
        List<String> targets = flags.get(Setting.LOG_TARGET);
        return new Outcome.Read(new LogSettings(level == null ? DEFAULT.level : level, json != null && isTrue(json.getLast()),
                targets == null ? DEFAULT.targets : targets));
    }

    private static boolean isTrue(String word) {
        return switch (word) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            default -> false;
        };
    }
}
