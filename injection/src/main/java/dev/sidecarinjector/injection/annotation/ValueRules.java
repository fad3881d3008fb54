package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.config.Addresses;
import dev.sidecarinjector.injection.config.ProxyConfigText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks values of annotations (spec section 6); written by hand because they run on every pod. */
final class ValueRules {
    private ValueRules() {}

    /** Why a value is refused, or null. */
    static @Nullable String problem(Setting setting, String value) {
        return switch (setting.rule()) {
            case ANY, SWITCH, TRUE_OR_FALSE, IGNORED_UNLESS_BOOLEAN, UNCHECKED_PORTS, JSON_OBJECT, IMAGE -> null;
            case BOOLEAN -> isBoolean(value) ? null : "expected true or false";
            case INTERCEPTION_MODE -> switch (value) {
                case "REDIRECT", "TPROXY", "NONE" -> null;
                default -> "interceptionMode invalid, use REDIRECT,TPROXY,NONE: " + value;
            };
            case STATUS_PORT -> isPort(value) ? null : "status port invalid: expected a port from 0 to 65535";
            case COUNT -> isCount(value) ? null : "expected a whole number from 0 to 4294967295, without blanks or sign";
            case INCLUDED_RANGES -> value.equals("*") ? null : ranges(value, "includeIPRanges");
            case EXCLUDED_RANGES -> ranges(value, "excludeIPRanges");
            case INCLUDED_PORTS -> value.equals("*") ? null : ports(value, shortName(setting));
            case EXCLUDED_PORTS -> ports(value, shortName(setting));
            case INTERFACES -> interfaces(value, shortName(setting));
            case QUANTITY -> QuantityForm.problem(value);
            case PROXY_CONFIG -> proxyConfig(value);
        };
    }

    private static String shortName(Setting setting) {
        return setting.name().substring(setting.name().indexOf('/') + 1);
    }

    private static @Nullable String proxyConfig(String yaml) {
        List<String> problems = ProxyConfigText.parse(yaml).problems();
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    /** Go's {@code strconv.ParseBool}. */
    static boolean isBoolean(String value) {
        return switch (value) {
            case "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False" -> true;
            default -> false;
        };
    }

    private static @Nullable String ranges(String list, String name) {
        if (list.isEmpty()) {
            return null;
        }
        for (int start = 0; start <= list.length();) {
            int end = end(list, start);
            String range = list.substring(start, end);
            if (!Addresses.isCidr(range)) {
                return name + " invalid: failed parsing cidr '" + range + "': expected address/bits such as 10.0.0.0/8";
            }
            start = end + 1;
        }
        return null;
    }

    /** What is wrong with a list of ports, or null. */
    static @Nullable String ports(String list, String name) {
        String trimmed = list.strip();
        if (trimmed.isEmpty()) {
            return null;
        }
        for (int start = 0; start <= trimmed.length();) {
            int end = end(trimmed, start);
            String port = trimmed.substring(start, end);
            if (!isPort(port)) {
                return name + " invalid: failed parsing port '" + port + "': expected a number from 0 to 65535";
            }
            start = end + 1;
        }
        return null;
    }

    private static int end(String list, int start) {
        int comma = list.indexOf(',', start);
        return comma < 0 ? list.length() : comma;
    }

    private static boolean isPort(String text) {
        long value = number(text.strip(), 65535);
        return value >= 0;
    }

    private static boolean isCount(String text) {
        return number(text, 0xFFFFFFFFL) >= 0;
    }

    private static long number(String text, long max) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
            if (value > max) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : value;
    }

    private static @Nullable String interfaces(String list, String name) {
        if (list.isEmpty()) {
            return null;
        }
        for (int start = 0; start <= list.length();) {
            int end = end(list, start);
            String one = list.substring(start, end).strip();
            if (!isInterface(one)) {
                return name + " invalid: '" + one + "' is no name of an interface: expected a letter, then at most 14 letters, digits, "
                        + "'_', '.' or '-'";
            }
            start = end + 1;
        }
        return null;
    }

    private static boolean isInterface(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            if (!letter && (i == 0 || !other)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= 15;
    }
}
