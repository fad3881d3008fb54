package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.regex.Regex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions with regular expressions. */
final class Regexes {
    private Regexes() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "regexMatch" -> call -> matches(call, false);
            case "mustRegexMatch" -> call -> matches(call, true);
            case "regexFind", "mustRegexFind" -> Regexes::first;
            case "regexFindAll", "mustRegexFindAll" -> Regexes::all;
            case "regexReplaceAll", "mustRegexReplaceAll" -> call -> replace(call, false);
            case "regexReplaceAllLiteral", "mustRegexReplaceAllLiteral" -> call -> replace(call, true);
            case "regexSplit", "mustRegexSplit" -> Regexes::split;
            case "regexQuoteMeta" -> Regexes::quote;
            default -> null;
        };
    }

    /** The expression, which is the first of so many arguments. */
    private static Regex expression(Call call, int arguments) {
        Arguments.exactly(call, arguments);
        Arguments.text(call, 0);
        return Regex.compile(String.valueOf(call.argument(0)));
    }

    private static Object matches(Call call, boolean must) {
        Arguments.exactly(call, 2);
        Arguments.text(call, 0);
        Arguments.text(call, 1);
        try {
            return expression(call, 2).matches(String.valueOf(call.argument(1)));
        } catch (FunctionFailure failure) {
            if (must) {
                throw failure;
            }
            return false;
        }
    }

    private static Object first(Call call) {
        String found = expression(call, 2).find(call.string(1));
        return found == null ? "" : found;
    }

    private static Object all(Call call) {
        Regex regex = expression(call, 3);
        List<String> found = regex.findAll(call.string(1), Arguments.integer(call, 2));
        return new GoSlice("[]string", found.isEmpty() ? null : found);
    }

    private static Object split(Call call) {
        Regex regex = expression(call, 3);
        int limit = Arguments.integer(call, 2);
        String text = call.string(1);
        return new GoSlice("[]string", limit == 0 ? null : regex.split(text, limit));
    }

    private static Object replace(Call call, boolean literal) {
        Regex regex = expression(call, 3);
        return regex.replaceAll(call.string(1), call.string(2), literal);
    }

    private static Object quote(Call call) {
        Arguments.exactly(call, 1);
        return Regex.quote(call.string(0));
    }
}
