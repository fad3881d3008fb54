package dev.sidecarinjector.gotemplate;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints values as Go's package fmt does, and remembers whose texts were among them. */
final class Printer {
    private static final String NIL = "<nil>";
    private static final Flags NO_FLAGS = new Flags();
    private static final int MAX_CHARS = 16 << 20;

    private final StringBuilder out = new StringBuilder();
    private @Nullable Origin origin;
    /** The input text that was printed first. */
    private @Nullable OriginText first;
    private Flags flags = NO_FLAGS;

    String text() {
        return out.toString();
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    /** The text; an input text if one went into it, that very text if nothing else did. */
    Object result() {
        if (first != null && first.text().contentEquals(out)) {
            return first;
        }
        return origin == null ? text() : new OriginText(text(), origin);
    }

    void touch(@Nullable Origin source) {
        if (source != null) {
            origin = Origin.join(origin, source);
        }
    }

    Printer append(CharSequence text) {
        out.append(text);
        return this;
    }

    StringBuilder out() {
        return out;
    }

    Printer value(@Nullable Object value) {
        print(value, 'v', NO_FLAGS);
        return this;
    }

    Printer sprint(List<?> values) {
        boolean afterString = true;
        for (Object value : values) {
            boolean string = value instanceof CharSequence;
            if (!afterString && !string) {
                out.append(' ');
            }
            value(value);
            afterString = string;
        }
        return this;
    }

    Printer sprintln(List<?> values) {
        String separator = "";
        for (Object value : values) {
            out.append(separator);
            value(value);
            separator = " ";
        }
        out.append('\n');
        return this;
    }

    /** Prints an operand with a verb of a format. */
    void print(@Nullable Object value, int verb, Flags with) {
        checkSize();
        flags = with;
        switch (verb) {
            case 'T' -> flags.pad(out, flags.cut(GoTypes.name(value)));
            case 'p' -> badVerb(value, verb);
            default -> {
                if (value != null) {
                    known(value, verb);
                } else if (verb == 'v') {
                    flags.pad(out, NIL);
                } else {
                    badVerb(null, verb);
                }
            }
        }
    }

    private void known(Object value, int verb) {
        boolean done;
        // Not a pattern switch: linking the first one of a process takes ten milliseconds, with an AOT cache too.
        if (value instanceof CharSequence text) {
            done = string(text, verb);
        } else if (value instanceof Boolean b) {
            done = bool(b, verb);
        } else if (value instanceof Integer || value instanceof Long) {
            done = NumberFormat.integer(out, flags, ((Number) value).longValue(), verb);
        } else if (value instanceof Double d) {
            done = NumberFormat.floating(out, flags, d, verb);
        } else if (value instanceof Map<?, ?> map) {
            done = map(map, verb);
        } else if (value instanceof List<?> list) {
            done = list(list, verb);
        } else {
            done = other(value, verb);
        }
        if (!done) {
            badVerb(value, verb);
        }
    }

    private boolean other(Object value, int verb) {
        if (value instanceof OriginMap struct) {
            touch(struct.origin());
        }
        if (value instanceof Function) {
            return function();
        }
        if (value instanceof Stringer stringer) {
            return object(stringer.goString(), verb);
        }
        boolean plain = value instanceof Record && !(value instanceof GoStruct);
        return plain ? struct((Record) value, verb) : object(value.toString(), verb);
    }

    private boolean bool(boolean value, int verb) {
        if (verb == 't' || verb == 'v') {
            flags.pad(out, Boolean.toString(value));
            return true;
        }
        return false;
    }

    private boolean string(CharSequence value, int verb) {
        String text = value.toString();
        if (value instanceof OriginText marked) {
            touch(marked.origin());
            first = out.isEmpty() ? marked : first;
        }
        switch (verb) {
            case 's' -> flags.pad(out, flags.cut(text));
            case 'q' -> quoted(text);
            case 'x', 'X' -> HexText.print(out, flags, text, verb == 'X');
            case 'v' -> {
                if (flags.goSyntax) {
                    quoted(text);
                } else {
                    flags.pad(out, flags.cut(text));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void quoted(String text) {
        String cut = flags.cut(text);
        if (flags.sharp && Quoting.canBackquote(cut)) {
            flags.pad(out, "`" + cut + "`");
        } else {
            flags.pad(out, Quoting.quote(cut, '"', flags.plus));
        }
    }

    private boolean object(String text, int verb) {
        return "vsqxX".indexOf(verb) >= 0 && string(text, verb);
    }

    /** Go prints an address, which says nothing and differs from run to run. */
    private boolean function() {
        flags.pad(out, "0x0");
        return true;
    }

    private boolean map(Map<?, ?> map, int verb) {
        out.append(flags.goSyntax ? GoTypes.name(map) + "{" : "map[");
        String separator = "";
        if (map instanceof OriginMap keys && !map.isEmpty()) {
            touch(keys.origin());
        }
        for (Object key : SortedKeys.of(map)) {
            out.append(separator);
            element(key, verb);
            out.append(':');
            element(map.get(key), verb);
            separator = flags.goSyntax ? ", " : " ";
        }
        out.append(flags.goSyntax ? '}' : ']');
        return true;
    }

    private boolean list(List<?> list, int verb) {
        if (flags.goSyntax && list instanceof GoSlice slice && slice.isNil()) {
            out.append(slice.goType()).append("(nil)");
            return true;
        }
        out.append(flags.goSyntax ? GoTypes.name(list) + "{" : "[");
        for (Iterator<?> elements = list.iterator(); elements.hasNext();) {
            element(elements.next(), verb);
            out.append(elements.hasNext() ? flags.goSyntax ? ", " : " " : "");
        }
        out.append(flags.goSyntax ? '}' : ']');
        return true;
    }

    private boolean struct(Record struct, int verb) {
        out.append(flags.goSyntax ? GoTypes.name(struct) : "").append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> field : Members.fields(struct).entrySet()) {
            out.append(separator);
            if (flags.fieldNames || flags.goSyntax) {
                out.append(field.getKey()).append(':');
            }
            element(field.getValue(), verb);
            separator = flags.goSyntax ? ", " : " ";
        }
        out.append('}');
        return true;
    }

    private void element(@Nullable Object value, int verb) {
        checkSize();
        if (value != null) {
            known(value, verb);
        } else {
            out.append(flags.goSyntax ? "interface {}(nil)" : NIL);
        }
    }

    /** A value of which parts occur many times, or a format with many widths, must not fill the memory. */
    private void checkSize() {
        if (out.length() > MAX_CHARS) {
            throw new FunctionFailure("result is longer than " + MAX_CHARS + " characters");
        }
    }

    private void badVerb(@Nullable Object value, int verb) {
        out.append("%!").appendCodePoint(verb).append('(');
        if (value == null) {
            out.append(NIL);
        } else {
            out.append(GoTypes.name(value)).append('=');
            known(value, 'v');
        }
        out.append(')');
    }
}
