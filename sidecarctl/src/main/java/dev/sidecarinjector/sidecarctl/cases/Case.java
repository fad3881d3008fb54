package dev.sidecarinjector.sidecarctl.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case: what is given, and what must become of it.
 *
 * @param line    where it begins in its file
 * @param because why it matters; null where nobody said
 */
public record Case(String file, int line, String name, @Nullable String because, Given given, List<Expectation> expectations) {
    public Case {
        expectations = List.copyOf(expectations);
    }

    /** {@code file: name} */
    public String title() {
        return file + ": " + name;
    }

    public String place() {
        return file + ":" + line;
    }
}
