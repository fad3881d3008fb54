package dev.sidecarinjector.injection.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** YAML 1.1's reading of scalars, as far as Go's yaml.v2 follows it: sexagesimals and dates stay strings, {@code 08} is eight. */
final class PlainScalar {
    private static final String TAG = "tag:yaml.org,2002:";

    private PlainScalar() {}

    static JsonNode resolve(String text, ScalarStyle style, @Nullable String tag) {
        if (tag != null && !tag.equals("!")) {
            return tagged(text, tag);
        }
        return style == ScalarStyle.PLAIN && tag == null ? resolve(text) : StringNode.valueOf(text);
    }

    static JsonNode resolve(String text) {
        if (text.isEmpty()) {
            return NullNode.instance;
        }
        char first = text.charAt(0);
        if (first <= '9' && (first >= '0' || first == '-' || first == '+' || first == '.')) {
            return number(text, first);
        }
        // No word is longer than "false", and few letters start one.
        return text.length() <= 5 && "yYnNtTfFoO~".indexOf(first) >= 0 ? word(text) : StringNode.valueOf(text);
    }

    private static JsonNode word(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> BooleanNode.TRUE;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> BooleanNode.FALSE;
            case "~", "null", "Null", "NULL" -> NullNode.instance;
            default -> StringNode.valueOf(text);
        };
    }

    private static JsonNode number(String text, char first) {
        JsonNode number = first == '.' ? null : GoNumber.integer(text);
        if (number == null) {
            number = isNotFinite(text) ? notJson(text) : GoNumber.decimal(text);
        }
        return number == null ? StringNode.valueOf(text) : number;
    }

    private static boolean isNotFinite(String text) {
        return switch (text) {
            case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" -> true;
            default -> false;
        };
    }

    private static JsonNode notJson(String text) {
        throw new YamlException(text + " is a number that JSON cannot hold; quote it if it is meant as text", 0, 0);
    }

    private static JsonNode tagged(String text, String tag) {
        if (!tag.startsWith(TAG)) {
            return StringNode.valueOf(text);
        }
        String name = tag.substring(TAG.length());
        JsonNode node = resolve(text);
        boolean fits = switch (name) {
            case "int" -> node.isIntegralNumber();
            case "float" -> node.isNumber();
            case "bool" -> node.isBoolean();
            case "null" -> node.isNull();
            case "binary" -> {
                node = binary(text);
                yield true;
            }
            default -> {
                node = StringNode.valueOf(text);
                yield true;
            }
        };
        if (!fits) {
            throw new YamlException("expected a value for the tag !!" + name + ", found \"" + text + "\"", 0, 0);
        }
        return node;
    }

    private static JsonNode binary(String text) {
        try {
            return StringNode.valueOf(new String(Base64.getDecoder().decode(text.replace("\n", "")), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new YamlException("expected base64 text after the tag !!binary: " + e.getMessage(), 0, 0);
        }
    }

    /** Whether a plain scalar of this text reads back as a string for every reader of YAML 1.1, also one that knows dates and base 60. */
    static boolean isString(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        if (first > '9') {
            return resolve(text).isString() && !text.equals("<<");
        }
        if (first < '0' && first != '-' && first != '+' && first != '.') {
            return true;
        }
        return !isNotFinite(text) && resolve(text).isString() && !DateOrBase60.matches(text);
    }

    static String keyName(JsonNode key) {
        if (key.isString()) {
            return key.stringValue();
        }
        if (key.isNull()) {
            throw new YamlException("a key cannot be null; quote it if it is meant as text", 0, 0);
        }
        return key.isBigDecimal() ? GoNumber.shortestFloat(key.decimalValue()) : key.asString();
    }

    static JsonNode integerNode(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    static JsonNode decimalNode(BigDecimal value) {
        return DecimalNode.valueOf(value);
    }
}
