package dev.sidecarinjector.injection.cel;

import dev.sidecarinjector.injection.cel.Value.Failed;
import dev.sidecarinjector.injection.cel.Value.Known;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

/** Operators and functions on values that are known. */
final class Operators {
    /** Regular expressions that mean the same in RE2 and in Java: no groups of a special kind, no classes, no possessive or doubled repetition. */
    private static final Pattern PLAIN_PATTERN = Pattern
            .compile("(?:[A-Za-z0-9_/:.^$|() -]|\\[\\^?[A-Za-z0-9_./:-]+\\]|\\\\[.\\-/]|(?<![*+?|(^])[*+?](?![*+?]))*");

    private Operators() {}

    static Value equal(JsonNode a, JsonNode b) {
        if (a.isNull() || b.isNull()) {
            return Value.of(a.isNull() && b.isNull());
        }
        if ((a.isString() && b.isString()) || (a.isBoolean() && b.isBoolean())) {
            return Value.of(a.equals(b));
        }
        if (isLong(a) && isLong(b)) {
            return Value.of(a.longValue() == b.longValue());
        }
        if (isScalar(a) && isScalar(b) && !(a.isNumber() && b.isNumber())) {
            // Values of several types are never equal; of an object's fields the type is not checked beforehand.
            return Value.of(false);
        }
        return Value.unknown("this comparison is not evaluated here");
    }

    static Value in(JsonNode element, JsonNode collection) {
        if (collection.isObject()) {
            return element.isString() ? Value.of(collection.has(element.stringValue())) : Value.of(false);
        }
        if (!collection.isArray()) {
            return new Failed("no such overload: in");
        }
        Value result = Value.of(false);
        for (JsonNode each : collection) {
            Value equal = equal(element, each);
            if (equal.is(true)) {
                return equal;
            }
            result = equal instanceof Known ? result : equal;
        }
        return result;
    }

    static Value size(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            return new Known(LongNode.valueOf(text.codePointCount(0, text.length())));
        }
        return node.isContainer() ? new Known(LongNode.valueOf(node.size())) : new Failed("no such overload: size");
    }

    static boolean isTextTest(String function) {
        return switch (function) {
            case "startsWith", "endsWith", "contains", "matches" -> true;
            default -> false;
        };
    }

    static Value textTest(String function, JsonNode text, JsonNode argument) {
        if (!text.isString() || !argument.isString()) {
            return new Failed("no such overload: " + function);
        }
        String a = text.stringValue();
        String b = argument.stringValue();
        return switch (function) {
            case "startsWith" -> Value.of(a.startsWith(b));
            case "endsWith" -> Value.of(a.endsWith(b));
            case "contains" -> Value.of(a.contains(b));
            default -> matches(a, b);
        };
    }

    private static Value matches(String text, String pattern) {
        if (!PLAIN_PATTERN.matcher(pattern).matches() || text.indexOf('\n') >= 0) {
            return Value.unknown("the pattern \"" + pattern + "\" is not evaluated here");
        }
        try {
            return Value.of(Pattern.compile(pattern).matcher(text).find());
        } catch (PatternSyntaxException _) {
            return Value.unknown("the pattern \"" + pattern + "\" is not evaluated here");
        }
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static boolean isScalar(JsonNode node) {
        return node.isString() || node.isBoolean() || node.isNumber();
    }
}
