package dev.sidecarinjector.injection.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A protobuf message: its fields in the order of declaration, found by JSON name, by proto name or by Go name. */
final class ProtoType {
    private final String name;
    private final boolean open;
    private final List<ProtoField> fields;
    private final Map<String, ProtoField> byName = new HashMap<>();
    private final Map<String, ProtoField> byGoName = new HashMap<>();

    private ProtoType(String name, boolean open, List<ProtoField> fields) {
        this.name = name;
        this.open = open;
        this.fields = List.copyOf(fields);
        for (ProtoField field : fields) {
            byName.put(field.name(), field);
            byGoName.put(field.goName(), field);
        }
    }

    /**
     * @param open  whether fields that are not listed are kept as they are
     * @param lines one field each
     */
    static ProtoType parse(String name, boolean open, String lines) {
        List<ProtoField> fields = new ArrayList<>();
        for (String line : lines.strip().split("\n", -1)) {
            fields.add(ProtoField.parse(line));
        }
        return new ProtoType(name, open, fields);
    }

    String name() {
        return name;
    }

    boolean open() {
        return open;
    }

    List<ProtoField> fields() {
        return fields;
    }

    /** A field by its name in a text: {@code statusPort} or {@code status_port}. */
    @Nullable
    ProtoField field(String text) {
        ProtoField field = byName.get(text);
        return field == null && text.indexOf('_') >= 0 ? byName.get(lowerCamel(text)) : field;
    }

    @Nullable
    ProtoField goField(String goName) {
        return byGoName.get(goName);
    }

    private static String lowerCamel(String snake) {
        StringBuilder out = new StringBuilder(snake.length());
        boolean upper = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                out.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return out.toString();
    }
}
