package dev.sidecarinjector.capture.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The text of every setting: command line before environment before default; a text that is not of its setting's kind is found here. */
final class GivenValues {
    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final Findings findings;

    GivenValues(Map<Setting, List<String>> commandLine, Map<String, String> environment, Findings findings) {
        this.findings = findings;
        for (Setting setting : Setting.values()) {
            List<String> given = commandLine.getOrDefault(setting, List.of());
            if (given.isEmpty()) {
                values.put(setting, fromEnvironment(setting, environment));
            } else {
                // Of a repeated list of the log flags all occurrences count; of everything else the last.
                String text = setting == Setting.LOG_TARGET ? String.join(",", given) : given.getLast();
                given.forEach(word -> checkFlag(setting, word));
                values.put(setting, new Value(text, new Origin.Flag()));
            }
        }
    }

    Map<Setting, Value> all() {
        return values;
    }

    String text(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException("no value of " + setting);
        }
        return value.text();
    }

    void lookedUp(Setting setting, String text, String where) {
        values.put(setting, new Value(text, new Origin.LookedUp(where)));
    }

    boolean bool(Setting setting) {
        return Boolean.TRUE.equals(GoText.bool(text(setting)));
    }

    /** Split at commas; empty items dropped, nothing trimmed (spec section 1.3). */
    List<String> list(Setting setting) {
        String text = text(setting);
        List<String> items = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            if (end > start) {
                items.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return items;
    }

    private Value fromEnvironment(Setting setting, Map<String, String> environment) {
        for (String variable : setting.variables()) {
            String text = environment.get(variable);
            if (text != null) {
                return new Value(accepted(setting, variable, text), new Origin.Environment(variable));
            }
        }
        return new Value(setting.defaultText(), new Origin.Default());
    }

    /** A variable that is not of its kind counts as zero, as it always has; but it is not passed over in silence. */
    private String accepted(Setting setting, String variable, String text) {
        if (fits(setting.kind(), text)) {
            return text;
        }
        String zero = switch (setting.kind()) {
            case STRING, LIST -> "";
            case BOOL, BOOL_OR_AUTO -> "false";
            case DURATION -> "0s";
            case UINT16 -> GoText.uint16(text) == GoText.TOO_LARGE ? "65535" : "0";
        };
        // An empty variable is the usual way to leave a switch at its default.
        if (!text.isEmpty() || !zero.equals(setting.defaultText())) {
            findings.warning("\"" + text + "\" is not " + expected(setting.kind()) + " and counts as " + zero, "environment " + variable,
                    "correct the variable or remove it");
        }
        return zero;
    }

    private void checkFlag(Setting setting, String text) {
        if (fits(setting.kind(), text)) {
            return;
        }
        String reason = switch (setting.kind()) {
            case BOOL, BOOL_OR_AUTO -> "strconv.ParseBool: parsing \"" + text + "\": invalid syntax";
            case UINT16 -> "strconv.ParseUint: parsing \"" + text + "\": "
                    + (GoText.uint16(text) == GoText.TOO_LARGE ? "value out of range" : "invalid syntax");
            default -> "time: invalid duration \"" + text + "\"";
        };
        findings.badFlag("invalid argument \"" + text + "\" for \"" + setting.label() + "\" flag: " + reason, setting.label(),
                "give " + expected(setting.kind()));
    }

    private static boolean fits(Kind kind, String text) {
        return switch (kind) {
            case STRING, LIST -> true;
            case BOOL -> GoText.bool(text) != null;
            case BOOL_OR_AUTO -> text.equals("auto") || GoText.bool(text) != null;
            case UINT16 -> GoText.uint16(text) >= 0;
            case DURATION -> GoText.duration(text) != null;
        };
    }

    private static String expected(Kind kind) {
        return switch (kind) {
            case STRING, LIST -> "a text";
            case BOOL -> "true or false";
            case BOOL_OR_AUTO -> "true, false or auto";
            case UINT16 -> "a number from 0 to 65535";
            case DURATION -> "a duration such as 5s or 1m30s";
        };
    }
}
