package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code .a.b.c}, {@code $x.a.b}, {@code (pipeline).a}: fields, map keys and methods without arguments, one after the other. */
final class FieldChain implements Expr {
    private final At at;
    private final Expr start;
    private final String[] names;

    FieldChain(At at, Expr start, List<String> names) {
        this.at = at;
        this.start = start;
        this.names = names.toArray(new String[0]);
        // Whoever keeps its keys interned too saves comparing them letter by letter.
        for (int i = 0; i < this.names.length; i++) {
            this.names[i] = this.names[i].intern();
        }
    }

    At at() {
        return at;
    }

    Expr start() {
        return start;
    }

    List<String> names() {
        return List.of(names);
    }

    String lastName() {
        return names[names.length - 1];
    }

    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        return walk(start.receiver(frame, dot), names.length);
    }

    /** What a method with arguments is called on: the chain without its last name. */
    @Nullable
    Object owner(Frame frame, @Nullable Object dot) {
        return walk(start.receiver(frame, dot), names.length - 1);
    }

    private @Nullable Object walk(@Nullable Object from, int count) {
        Object value = from;
        for (int i = 0; i < count; i++) {
            if (value == null) {
                return null;
            }
            String name = names[i];
            if (value instanceof Map<?, ?> map) {
                value = map.get(name);
                if (value == null && i + 1 < names.length && map.containsKey(name)) {
                    throw at.failure("nil pointer evaluating interface {}." + names[i + 1]);
                }
            } else {
                value = member(value, name, i);
            }
        }
        return value;
    }

    private @Nullable Object member(Object owner, String name, int index) {
        if (owner == NilElement.VALUE) {
            throw at.failure("nil pointer evaluating interface {}." + name);
        }
        Object value;
        try {
            value = Members.get(owner, name);
        } catch (FunctionFailure failure) {
            throw at.failure(failure.getMessage());
        }
        if (GoStruct.NO_SUCH_MEMBER.equals(value)) {
            throw at.failure("can't evaluate field " + name + " in type " + GoTypes.name(owner));
        }
        if (value == null && index + 1 < names.length) {
            throw at.failure("nil pointer evaluating " + GoTypes.name(owner) + "." + name + "." + names[index + 1]);
        }
        return value;
    }
}
