package dev.sidecarinjector.injection.annotation;

import java.util.List;

/** Several messages as one text. */
public final class Violations {
    private Violations() {}

    /** The layout of Go's multierror (spec section 6): a count, then a line each. */
    public static String text(List<String> messages) {
        StringBuilder text = new StringBuilder(messages.size() == 1 ? "1 error occurred:" : messages.size() + " errors occurred:");
        for (String message : messages) {
            text.append("\n\t* ").append(message);
        }
        return text.append("\n\n").toString();
    }
}
