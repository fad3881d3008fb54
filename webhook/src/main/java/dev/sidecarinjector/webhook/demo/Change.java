package dev.sidecarinjector.webhook.demo;

/**
 * One line of a summary of what changed.
 *
 * @param sign {@code +}, {@code -}, or a blank for a heading
 * @param text indented
 */
record Change(char sign, String text) {
    private static final int WIDTH = 150;

    static Change heading(String text) {
        return new Change(' ', text);
    }

    static Change added(String text) {
        return new Change('+', text);
    }

    static Change removed(String text) {
        return new Change('-', text);
    }

    /** The line for a terminal; colour is an ANSI escape or nothing. */
    String line(boolean colour) {
        String shown = text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
        String start = switch (sign) {
            case '+' -> "\u001b[32m";
            case '-' -> "\u001b[31m";
            default -> "\u001b[1m";
        };
        return colour ? start + "  " + sign + " " + shown + "\u001b[0m" : "  " + sign + " " + shown;
    }
}
