package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt.Sprintf}: walks through a format and prints its operands. */
final class Printf {
    /** Go refuses a width or precision above this. */
    private static final int TOO_LARGE = 1_000_000;

    private final String format;
    private final List<? extends @Nullable Object> operands;
    private final Printer printer;
    private int pos;
    private int operand;
    private boolean reordered;
    private boolean goodIndex;
    private boolean afterIndex;

    Printf(String format, List<? extends @Nullable Object> operands, Printer printer) {
        this.format = format;
        this.operands = operands;
        this.printer = printer;
    }

    void print() {
        while (pos < format.length()) {
            int percent = format.indexOf('%', pos);
            int end = percent < 0 ? format.length() : percent;
            printer.out().append(format, pos, end);
            if (percent < 0) {
                break;
            }
            pos = percent + 1;
            verb();
        }
        extra();
    }

    private void verb() {
        goodIndex = true;
        afterIndex = false;
        Flags flags = flags();
        index();
        width(flags);
        precision(flags);
        if (!afterIndex) {
            index();
        }
        if (pos >= format.length()) {
            printer.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(pos);
        pos += Character.charCount(verb);
        if (verb == '%') {
            printer.append("%");
        } else if (!goodIndex) {
            bad(verb, "(BADINDEX)");
        } else if (operand >= operands.size()) {
            bad(verb, "(MISSING)");
        } else {
            if (verb == 'v') {
                flags.forDefaultVerb();
            }
            printer.print(operands.get(operand++), verb, flags);
        }
    }

    private void bad(int verb, String what) {
        printer.out().append("%!").appendCodePoint(verb).append(what);
    }

    private Flags flags() {
        Flags flags = new Flags();
        for (; pos < format.length(); pos++) {
            switch (format.charAt(pos)) {
                case '#' -> flags.sharp = true;
                case '0' -> flags.zero = true;
                case '+' -> flags.plus = true;
                case '-' -> flags.minus = true;
                case ' ' -> flags.space = true;
                default -> {
                    return flags;
                }
            }
        }
        return flags;
    }

    private void width(Flags flags) {
        if (!at('*')) {
            flags.width = number();
            if (afterIndex && flags.width != Flags.ABSENT) {
                goodIndex = false;
            }
            return;
        }
        pos++;
        afterIndex = false;
        Integer width = fromOperand();
        if (width == null) {
            printer.append("%!(BADWIDTH)");
        } else {
            flags.width = Math.abs(width);
            flags.minus |= width < 0;
            flags.zero &= width >= 0;
        }
    }

    private void precision(Flags flags) {
        if (pos + 1 >= format.length() || !at('.')) {
            return;
        }
        pos++;
        if (afterIndex) {
            goodIndex = false;
        }
        index();
        if (!at('*')) {
            int number = number();
            flags.precision = number == Flags.ABSENT ? 0 : number;
            return;
        }
        pos++;
        afterIndex = false;
        Integer precision = fromOperand();
        if (precision == null || precision < 0) {
            printer.append("%!(BADPREC)");
        } else {
            flags.precision = precision;
        }
    }

    private boolean at(char c) {
        return pos < format.length() && format.charAt(pos) == c;
    }

    /** A number in the format; absent if there is none. As in Go, the rest of the format is lost behind one that is too large. */
    private int number() {
        int start = pos;
        int value = 0;
        while (pos < format.length() && format.charAt(pos) >= '0' && format.charAt(pos) <= '9') {
            value = value * 10 + format.charAt(pos) - '0';
            pos++;
            if (value > TOO_LARGE) {
                pos = format.length();
                return Flags.ABSENT;
            }
        }
        return pos == start ? Flags.ABSENT : value;
    }

    private @Nullable Integer fromOperand() {
        if (operand >= operands.size()) {
            return null;
        }
        Object value = operands.get(operand++);
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            return Math.abs(number) > TOO_LARGE ? null : (Integer) (int) number;
        }
        return null;
    }

    /** An explicit argument index: {@code [2]}. */
    private void index() {
        afterIndex = false;
        if (!at('[')) {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', pos);
        if (close < 0 || format.length() - pos < 3) {
            goodIndex = false;
            pos++;
            return;
        }
        pos++;
        int number = number();
        boolean good = pos == close && number >= 1 && number <= operands.size();
        afterIndex = pos == close && number != Flags.ABSENT;
        pos = close + 1;
        if (good) {
            operand = number - 1;
        } else {
            goodIndex = false;
        }
    }

    private void extra() {
        if (reordered || operand >= operands.size()) {
            return;
        }
        printer.append("%!(EXTRA ");
        for (int i = operand; i < operands.size(); i++) {
            Object value = operands.get(i);
            printer.append(i > operand ? ", " : "");
            if (value != null) {
                printer.append(GoTypes.name(value)).append("=");
            }
            printer.value(value);
        }
        printer.append(")");
    }
}
