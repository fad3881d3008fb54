package dev.sidecarinjector.gotemplate;

import dev.sidecarinjector.gotemplate.sprig.Sprig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name means as a function while a template is parsed: given functions come first, then Sprig's, then Go's own. */
record Functions(Map<String, Function> given) {
    private static final Arguments NONE = new Arguments(List.of(), false);

    /** A call without arguments; null if there is no such function. */
    @Nullable
    Expr find(String name, At at) {
        Function function = given.get(name);
        if (function == null) {
            function = Sprig.find(name);
        }
        if (function != null) {
            return new FunctionCall(at, name, function, NONE);
        }
        if (name.equals("and") || name.equals("or")) {
            return new ShortCircuit(at, name, name.equals("or"), NONE);
        }
        Builtin builtin = Builtin.find(name);
        return builtin == null ? null : new BuiltinCall(at, builtin, NONE);
    }
}
