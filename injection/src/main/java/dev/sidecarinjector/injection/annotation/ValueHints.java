package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.annotation.Setting.Kind;
import dev.sidecarinjector.injection.config.ProxyConfigText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is suspicious about one value although it is accepted. */
final class ValueHints {
    private ValueHints() {}

    static @Nullable Warning hint(Setting setting, String value) {
        if (setting.reader() == Setting.Reader.NOBODY) {
            return warning(setting, "has no effect in this release", setting.help());
        }
        return switch (setting.rule()) {
            case SWITCH -> isTrueOrFalse(value)
                    ? null
                    : warning(setting, "the value " + quoted(value) + " counts as not set", "use \"true\" or \"false\"");
            case TRUE_OR_FALSE -> isTrueOrFalse(value)
                    ? null
                    : warning(setting, "the value " + quoted(value) + " is neither true nor false", "use \"true\" or \"false\"");
            case IGNORED_UNLESS_BOOLEAN -> ValueRules.isBoolean(value)
                    ? null
                    : warning(setting, "the value " + quoted(value) + " is ignored", "use \"true\" or \"false\"");
            case IMAGE -> value.indexOf('/') >= 0
                    ? null
                    : warning(setting, "the value " + quoted(value) + " is ignored because it contains no /",
                            "give the whole name, such as registry/path/image:tag");
            case UNCHECKED_PORTS -> ports(setting, value);
            case JSON_OBJECT -> isObject(value)
                    ? null
                    : warning(setting, "the value is no JSON object", "use the form {\"name\": {…}}");
            case PROXY_CONFIG -> unknownFields(setting, value);
            default -> null;
        };
    }

    private static @Nullable Warning ports(Setting setting, String value) {
        String problem = value.equals("*") ? null : ValueRules.ports(value, "the value");
        return problem == null ? null : warning(setting, problem, "use ports with commas, such as 80,443");
    }

    private static @Nullable Warning unknownFields(Setting setting, String value) {
        List<String> unknown = ProxyConfigText.parse(value).unknown();
        return unknown.isEmpty()
                ? null
                : warning(setting, "unknown fields are ignored: " + String.join(", ", unknown), "correct or remove them");
    }

    private static boolean isTrueOrFalse(String value) {
        return value.equals("true") || value.equals("false");
    }

    /** A look at the ends only: whoever reads the value parses it. */
    private static boolean isObject(String value) {
        String text = value.strip();
        return text.startsWith("{") && text.endsWith("}");
    }

    private static String quoted(String value) {
        return "\"" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "\"";
    }

    private static Warning warning(Setting setting, String what, String remedy) {
        return new Warning(what, (setting.kind() == Kind.LABEL ? "label " : "annotation ") + setting.name(), remedy);
    }
}
