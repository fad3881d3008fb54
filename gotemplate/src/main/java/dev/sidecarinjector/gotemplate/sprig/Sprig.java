package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import org.jspecify.annotations.Nullable;

/** The functions of Sprig v3.3.0 by name. Nothing is linked before a template names it. */
public final class Sprig {
    private Sprig() {}

    /**
     * The function of a name; null if Sprig has none.
     *
     * @throws FunctionFailure for a function of Sprig that is refused here, with the reason: a rendering depends on its input only
     */
    public static @Nullable Function find(String name) {
        if (isGosOwn(name)) {
            return null;
        }
        Function found = Defaults.find(name);
        found = found != null ? found : Strings.find(name);
        found = found != null ? found : Printing.find(name);
        found = found != null ? found : Lists.find(name);
        found = found != null ? found : Dicts.find(name);
        found = found != null ? found : Numbers.find(name);
        found = found != null ? found : Letters.find(name);
        found = found != null ? found : Json.find(name);
        found = found != null ? found : Types.find(name);
        found = found != null ? found : Paths.find(name);
        found = found != null ? found : Sequences.find(name);
        found = found != null ? found : Decimals.find(name);
        found = found != null ? found : Encodings.find(name);
        found = found != null ? found : SemVer.find(name);
        found = found != null ? found : Dates.find(name);
        found = found != null ? found : Regexes.find(name);
        found = found != null ? found : Urls.find(name);
        if (found == null) {
            Refused.check(name);
        }
        return found;
    }

    /** The names that nearly every template uses and Sprig does not have: no need to ask all groups, which would load their classes. */
    private static boolean isGosOwn(String name) {
        return switch (name) {
            case "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index", "printf", "print", "println", "html", "js",
                    "urlquery",
                    "call" ->
                true;
            default -> false;
        };
    }
}
