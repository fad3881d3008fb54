package dev.sidecarinjector.injection.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A protobuf enum: names and numbers. */
final class ProtoEnum {
    private final String name;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private ProtoEnum(String name) {
        this.name = name;
    }

    /** Reads {@code A B C=1000}: numbers count up from 0 where none is given. */
    static ProtoEnum parse(String name, String values) {
        ProtoEnum result = new ProtoEnum(name);
        int next = 0;
        for (String value : values.strip().split(" ", -1)) {
            int equals = value.indexOf('=');
            if (equals >= 0) {
                next = Integer.parseInt(value.substring(equals + 1));
            }
            result.numbers.put(equals < 0 ? value : value.substring(0, equals), next++);
        }
        return result;
    }

    String name() {
        return name;
    }

    @Nullable
    Integer number(String valueName) {
        return numbers.get(valueName);
    }

    /** The name of a number, or null: a protobuf enum may hold numbers without one. */
    @Nullable
    String nameOf(long number) {
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        return null;
    }

    String names() {
        return String.join(", ", numbers.keySet());
    }
}
