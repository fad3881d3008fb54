package dev.sidecarinjector.injection.config;

import org.jspecify.annotations.Nullable;

/**
 * One field of a protobuf message.
 *
 * @param name    in JSON: {@code statusPort}
 * @param kind    of the value, or of the elements
 * @param type    name of the message or enum, else empty
 * @param shape   one value, a list or a map from text
 * @param wrapper a wrapper message around a scalar, which can tell unset from zero
 * @param oneof   the group of which only one field can be set, or null
 */
record ProtoField(String name, Kind kind, String type, Shape shape, boolean wrapper, @Nullable String oneof) {
    /** What a value is. */
    enum Kind {
        STRING, BOOL, INT32, UINT32, INT64, DOUBLE, DURATION, ENUM, MESSAGE, ANY
    }

    /** How many values there are. */
    enum Shape {
        SINGLE, LIST, MAP
    }

    /** Reads a line of {@link ProxySchema}: {@code name type [oneof]}. */
    static ProtoField parse(String line) {
        String[] words = line.strip().split(" ", -1);
        String type = words[1];
        Shape shape = Shape.SINGLE;
        if (type.endsWith("[]")) {
            shape = Shape.LIST;
            type = type.substring(0, type.length() - 2);
        } else if (type.startsWith("map:")) {
            shape = Shape.MAP;
            type = type.substring(4);
        }
        boolean wrapper = type.endsWith("?");
        if (wrapper) {
            type = type.substring(0, type.length() - 1);
        }
        Kind kind = switch (type) {
            case "string" -> Kind.STRING;
            case "bool" -> Kind.BOOL;
            case "int32" -> Kind.INT32;
            case "uint32" -> Kind.UINT32;
            case "int64" -> Kind.INT64;
            case "double" -> Kind.DOUBLE;
            case "duration" -> Kind.DURATION;
            case "any" -> Kind.ANY;
            default -> type.startsWith("enum:") ? Kind.ENUM : Kind.MESSAGE;
        };
        String reference = kind == Kind.ENUM ? type.substring(5) : kind == Kind.MESSAGE ? type : "";
        return new ProtoField(words[0], kind, reference, shape, wrapper, words.length > 2 ? words[2] : null);
    }

    /** Whether the field can be set to its zero value; if not, zero and unset are the same. */
    boolean hasPresence() {
        return shape == Shape.SINGLE
                && (wrapper || oneof != null || kind == Kind.DURATION || kind == Kind.MESSAGE || kind == Kind.ANY);
    }

    /** The name of the Go field: {@code K8SSaJwtPath} for {@code k8sSaJwtPath}. */
    String goName() {
        StringBuilder out = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(upper ? Character.toUpperCase(c) : c);
            upper = Character.isDigit(c);
        }
        return out.toString();
    }
}
