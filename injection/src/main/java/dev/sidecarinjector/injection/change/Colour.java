package dev.sidecarinjector.injection.change;

/** ANSI escapes of lines that say what came and went. */
final class Colour {
    static final String END = "\u001b[0m";

    private Colour() {}

    static String of(char sign) {
        return switch (sign) {
            case '+' -> "\u001b[32m";
            case '-' -> "\u001b[31m";
            case '@' -> "\u001b[36m";
            default -> "\u001b[1m";
        };
    }
}
