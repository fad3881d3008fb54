package dev.sidecarinjector.injection.annotation;

import org.jspecify.annotations.Nullable;

/** The form of a Kubernetes quantity: a decimal number with a decimal or binary suffix or an exponent. */
final class QuantityForm {
    private static final String EXPECTED = "expected a quantity such as 100m, 0.5 or 128Mi";

    private QuantityForm() {}

    /** What is wrong, or null. */
    static @Nullable String problem(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return "control characters are not allowed; " + EXPECTED;
            }
        }
        int end = numberEnd(text);
        return end < 0 || !isSuffix(text.substring(end)) ? EXPECTED : null;
    }

    /** Where the number ends, or -1 where there is none. */
    private static int numberEnd(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
        int digits = 0;
        boolean dot = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '.' && !dot) {
                dot = true;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                break;
            }
        }
        return digits == 0 ? -1 : at;
    }

    private static boolean isSuffix(String suffix) {
        return switch (suffix) {
            case "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" -> true;
            default -> isExponent(suffix);
        };
    }

    private static boolean isExponent(String suffix) {
        int start = suffix.length() > 1 && (suffix.charAt(1) == '+' || suffix.charAt(1) == '-') ? 2 : 1;
        for (int i = start; i < suffix.length(); i++) {
            if (suffix.charAt(i) < '0' || suffix.charAt(i) > '9') {
                return false;
            }
        }
        return (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E') && suffix.length() > start && suffix.length() <= start + 9;
    }
}
