package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.Field.Presence;
import dev.sidecarinjector.injection.schema.Field.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one type out of the text of {@code kubernetes-types.txt}, whose first lines explain the format. */
final class TypeText {
    private TypeText() {}

    /** The type whose first line begins at the offset. */
    static StructType parse(String text, int offset) {
        int end = text.indexOf('\n', offset);
        List<String> head = words(text, offset, end);
        List<Field> fields = new ArrayList<>();
        for (int line = end + 1; line < text.length() && text.charAt(line) == ' '; line = end + 1) {
            end = text.indexOf('\n', line);
            fields.add(field(words(text, line + 1, end)));
        }
        return new StructType(head.getFirst(), List.copyOf(head.subList(1, head.size())), List.copyOf(fields));
    }

    private static Field field(List<String> words) {
        String names = words.get(0);
        String type = words.get(1);
        Presence presence = Presence.OMIT_EMPTY;
        boolean merges = false;
        String mergeKey = null;
        for (String flag : words.subList(2, words.size())) {
            if (flag.equals("!")) {
                presence = Presence.ALWAYS;
            } else if (flag.equals("?")) {
                presence = Presence.OMIT_ZERO;
            } else {
                merges = true;
                mergeKey = mergeKey(flag);
            }
        }
        boolean pointer = type.startsWith("*");
        Arity arity = type.startsWith("[]") ? Arity.LIST : type.startsWith("{}") ? Arity.MAP : Arity.ONE;
        String element = type.substring(pointer ? 1 : arity == Arity.ONE ? 0 : 2);
        Shape shape = shape(element);
        int colon = names.indexOf(':');
        String name = colon < 0 ? names : names.substring(0, colon);
        String goName = colon < 0 ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : names.substring(colon + 1);
        return new Field(name.intern(), goName.intern(), shape, arity, pointer, presence, merges, mergeKey,
                shape == Shape.STRUCT ? element : "");
    }

    private static @Nullable String mergeKey(String flag) {
        int equals = flag.indexOf('=');
        return equals < 0 ? null : flag.substring(equals + 1);
    }

    private static Shape shape(String word) {
        return switch (word) {
            case "string" -> Shape.STRING;
            case "bool" -> Shape.BOOL;
            case "int32" -> Shape.INT32;
            case "int64" -> Shape.INT64;
            case "intOrString" -> Shape.INT_OR_STRING;
            case "quantity" -> Shape.QUANTITY;
            case "time" -> Shape.TIME;
            case "raw" -> Shape.RAW;
            default -> Shape.STRUCT;
        };
    }

    private static List<String> words(String text, int from, int to) {
        List<String> words = new ArrayList<>(4);
        for (int start = from; start < to;) {
            int end = wordEnd(text, start);
            words.add(text.substring(start, end));
            start = end + 1;
        }
        return words;
    }

    /** Where the word that begins here ends. */
    static int wordEnd(String text, int start) {
        int end = start;
        while (text.charAt(end) > ' ') {
            end++;
        }
        return end;
    }
}
