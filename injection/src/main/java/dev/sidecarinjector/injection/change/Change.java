package dev.sidecarinjector.injection.change;

/**
 * One line of a summary of what changed.
 *
 * @param sign {@code +}, {@code -}, or a blank for a heading
 * @param text indented
 */
public record Change(char sign, String text) {
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

    /** The line for a terminal, cut to a width that can be read; colour is an ANSI escape or nothing. */
    public String line(boolean colour) {
        String shown = text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
        String line = "  " + sign + " " + shown;
        return colour ? Colour.of(sign) + line + Colour.END : line;
    }
}
