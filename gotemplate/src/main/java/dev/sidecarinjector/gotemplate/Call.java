package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link Function}: its arguments, and the memory of which input values the function has looked into. A function reads strings
 * only through this class; so when it returns a plain {@link String} (or a list or map with plain strings in it), the engine knows whose text
 * went into it and marks it as {@link OriginText}. Elements passed on as they are keep their own marks.
 */
public final class Call {
    private final String name;
    private final List<@Nullable Object> arguments;
    private @Nullable Origin origin;
    private boolean encoded;

    public Call(String name, List<@Nullable Object> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /** The name under which the function was called. */
    public String name() {
        return name;
    }

    public int size() {
        return arguments.size();
    }

    public List<@Nullable Object> arguments() {
        return arguments;
    }

    /** An argument as it is: an {@link OriginText} stays one. */
    public @Nullable Object argument(int index) {
        return arguments.get(index);
    }

    /** A string argument's characters. */
    public String string(int index) {
        return string(arguments.get(index));
    }

    /** The characters of a value that must be a string; its origin is remembered. */
    public String string(@Nullable Object value) {
        if (value instanceof String s) {
            return s;
        }
        if (value instanceof OriginText text) {
            touch(text.origin());
            return text.text();
        }
        throw new FunctionFailure("wrong type for value; expected string; got " + GoTypes.name(value));
    }

    /** Remembers that the result depends on the characters of this input. */
    public void touch(@Nullable Origin source) {
        origin = Origin.join(origin, source);
    }

    /** Remembers the origins of all strings within a value, however deep. */
    public void touchAll(@Nullable Object value) {
        if (value instanceof OriginText text) {
            touch(text.origin());
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                touchAll(element);
            }
        } else if (value instanceof Record struct) {
            touchAll(Members.fields(struct));
        } else {
            if (value instanceof OriginMap keys) {
                touch(keys.origin());
            }
            if (value instanceof Map<?, ?> map) {
                for (Object element : map.values()) {
                    touchAll(element);
                }
            }
        }
    }

    /** Says that the returned string is one self-contained token, whatever the input held ({@code quote}, {@code toJSON}). */
    public void markEncoded() {
        encoded = true;
    }

    /** What the function has looked into so far. */
    public @Nullable Origin origin() {
        return origin;
    }

    public boolean encoded() {
        return encoded;
    }
}
