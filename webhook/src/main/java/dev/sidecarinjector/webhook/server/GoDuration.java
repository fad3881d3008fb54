package dev.sidecarinjector.webhook.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations as Go writes them: {@code 10s}, {@code 1m30s}, {@code 500ms}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{0,9})?)(h|ms|m|s)");

    private GoDuration() {}

    /** Hours to milliseconds, the units that a timeout can have; null where the text is something else. */
    public static @Nullable Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            sum = sum.plusNanos(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))).longValue());
        }
        return end == text.length() && end > 0 ? sum : null;
    }

    private static long unit(String name) {
        return switch (name) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 1_000_000L;
        };
    }
}
