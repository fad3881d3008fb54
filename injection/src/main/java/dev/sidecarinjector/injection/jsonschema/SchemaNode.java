package dev.sidecarinjector.injection.jsonschema;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a schema says of one place in a tree; a null says nothing.
 *
 * @param types      names of JSON Schema's types, of which one must fit
 * @param values     which alone are allowed
 * @param pattern    what a text must look like
 * @param minimum    of a number
 * @param maximum    of a number
 * @param properties of an object, by name
 * @param additional what holds for the properties of an object that are not named
 * @param items      what holds for each item of a list
 * @param expected   what fits, in words
 */
record SchemaNode(@Nullable List<String> types, @Nullable List<JsonNode> values, @Nullable String pattern, @Nullable Double minimum,
        @Nullable Double maximum, Map<String, SchemaNode> properties, @Nullable SchemaNode additional, @Nullable SchemaNode items,
        String expected) {

    /** Whether the value itself is allowed, whatever is in it. */
    boolean allows(JsonNode value) {
        return (types == null || isOfOne(value, types))
                && (values == null || values.contains(value))
                && (pattern == null || !value.isString() || Pattern.compile(pattern).matcher(value.stringValue()).matches())
                && (minimum == null || !value.isNumber() || value.doubleValue() >= minimum)
                && (maximum == null || !value.isNumber() || value.doubleValue() <= maximum);
    }

    private static boolean isOfOne(JsonNode value, List<String> types) {
        for (String type : types) {
            if (isOfType(value, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            // A number without a fraction is an integer, however it is written.
            case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException("schema: there is no type \"" + type + "\"");
        };
    }
}
