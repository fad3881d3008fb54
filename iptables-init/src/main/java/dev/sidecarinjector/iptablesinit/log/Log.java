package dev.sidecarinjector.iptablesinit.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes entries as lines of text, {@code time<TAB>level<TAB>message}, or as JSON objects (spec section 8). An entry is one write, so that lines of
 * several processes do not mix.
 */
public final class Log {
    private final Level level;
    private final boolean json;
    private final List<OutputStream> targets;
    private final InstantSource clock;

    private Log(Level level, boolean json, List<OutputStream> targets, InstantSource clock) {
        this.level = level;
        this.json = json;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * A log to where the settings say.
     *
     * @throws IOException with the file's name, where one cannot be opened
     */
    public static Log open(LogSettings settings, OutputStream stdout, OutputStream stderr) throws IOException {
        return open(settings, stdout, stderr, InstantSource.system());
    }

    static Log open(LogSettings settings, OutputStream stdout, OutputStream stderr, InstantSource clock) throws IOException {
        List<OutputStream> targets = new ArrayList<>(1);
        for (String target : settings.targets()) {
            targets.add(target.equals("stdout") ? stdout : target.equals("stderr") ? stderr : new FileOutputStream(target, true));
        }
        return new Log(settings.level(), settings.json(), targets, clock);
    }

    /** Loads what the first entry needs. */
    public static void prepare() {
        time(new StringBuilder(), Instant.EPOCH);
    }

    public void debug(String message) {
        write(Level.DEBUG, message);
    }

    public void info(String message) {
        write(Level.INFO, message);
    }

    public void warn(String message) {
        write(Level.WARN, message);
    }

    public void error(String message) {
        write(Level.ERROR, message);
    }

    /** Whether entries of a level are written, for messages that are costly to make. */
    public boolean writes(Level other) {
        return level.includes(other);
    }

    private void write(Level of, String message) {
        if (!level.includes(of)) {
            return;
        }
        StringBuilder entry = new StringBuilder(message.length() + 64);
        if (json) {
            entry.append("{\"level\":\"").append(of.word()).append("\",\"time\":\"");
            time(entry, clock.instant());
            entry.append("\",\"msg\":\"");
            escape(entry, message);
            entry.append("\"}\n");
        } else {
            time(entry, clock.instant());
            entry.append('\t').append(of.word()).append('\t').append(message).append('\n');
        }
        byte[] bytes = entry.toString().getBytes(StandardCharsets.UTF_8);
        for (OutputStream target : targets) {
            try {
                target.write(bytes);
                target.flush();
            } catch (IOException e) {
                // A reader that has gone must not keep the rules from being applied.
            }
        }
    }

    /** UTC with microseconds; by hand, since a formatter costs more than the whole entry. */
    private static void time(StringBuilder text, Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        digits(text, time.getYear(), 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        digits(text, time.getSecond(), 2).append('.');
        digits(text, time.getNano() / 1000, 6).append('Z');
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }

    private static void escape(StringBuilder text, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append(c < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }
}
