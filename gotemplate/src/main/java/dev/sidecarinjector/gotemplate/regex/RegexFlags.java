package dev.sidecarinjector.gotemplate.regex;

/** The flags {@code i}, {@code m}, {@code s} and {@code U}. */
record RegexFlags(boolean ignoreCase, boolean multiLine, boolean dotAll, boolean ungreedy) {
    static final RegexFlags NONE = new RegexFlags(false, false, false, false);

    /** Reads changes of the flags, after {@code (?} and up to the colon or bracket. */
    static RegexFlags parse(RegexText text, RegexFlags old) {
        RegexFlags result = old;
        boolean on = true;
        boolean any = false;
        boolean signed = false;
        while (text.peek() != ':' && text.peek() != ')') {
            int c = text.atEnd() ? -1 : text.next();
            if (c == '-' && !signed) {
                signed = true;
                on = false;
                any = false;
                continue;
            }
            any = true;
            result = switch (c) {
                case 'i' -> new RegexFlags(on, result.multiLine, result.dotAll, result.ungreedy);
                case 'm' -> new RegexFlags(result.ignoreCase, on, result.dotAll, result.ungreedy);
                case 's' -> new RegexFlags(result.ignoreCase, result.multiLine, on, result.ungreedy);
                case 'U' -> new RegexFlags(result.ignoreCase, result.multiLine, result.dotAll, on);
                default -> throw text.failure("invalid or unsupported Perl syntax");
            };
        }
        if (signed && !any) {
            throw text.failure("missing argument to repetition operator");
        }
        return result;
    }
}
