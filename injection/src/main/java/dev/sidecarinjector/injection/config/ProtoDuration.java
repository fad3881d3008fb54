package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Stringer;
import org.jspecify.annotations.Nullable;

/** A protobuf duration, also as templates see it. */
public record ProtoDuration(long nanos) implements GoStruct, Stringer {
    private static final long SECOND = 1_000_000_000L;

    /** Reads Go's notation, {@code 45s}, {@code 1m30s}, {@code 1.5h}, {@code -2ms}; null where the text is none. */
    static @Nullable ProtoDuration parse(String text) {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        if (text.length() == at) {
            return null;
        }
        if (text.substring(at).equals("0")) {
            return new ProtoDuration(0);
        }
        double total = 0;
        long exact = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            int unitStart = at;
            while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
                at++;
            }
            long unit = unit(text.substring(unitStart, at));
            String number = text.substring(start, unitStart);
            if (unit == 0 || !isDecimal(number)) {
                return null;
            }
            total += Double.parseDouble(number) * unit;
            if (total > Long.MAX_VALUE) {
                return null;
            }
            exact += exactNanos(number, unit);
        }
        return new ProtoDuration(negative ? -exact : exact);
    }

    private static long exactNanos(String number, long unit) {
        int dot = number.indexOf('.');
        String whole = dot < 0 ? number : number.substring(0, dot);
        long nanos = whole.isEmpty() ? 0 : Long.parseLong(whole) * unit;
        if (dot >= 0 && dot + 1 < number.length()) {
            nanos += (long) (Double.parseDouble("0" + number.substring(dot)) * unit + 0.5);
        }
        return nanos;
    }

    private static boolean isDecimal(String number) {
        int dot = number.indexOf('.');
        return !number.isEmpty() && !number.equals(".") && number.length() < 40 && dot == number.lastIndexOf('.');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "\u00b5s", "\u03bcs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3600 * SECOND;
            default -> 0;
        };
    }

    public long seconds() {
        return nanos / SECOND;
    }

    /** Protobuf's JSON: seconds with no, 3, 6 or 9 decimals. */
    String json() {
        long rest = Math.abs(nanos % SECOND);
        StringBuilder out = new StringBuilder();
        if (nanos < 0) {
            out.append('-');
        }
        out.append(Math.abs(seconds()));
        if (rest != 0) {
            String decimals = Long.toString(SECOND + rest).substring(1);
            int length = rest % 1_000_000 == 0 ? 3 : rest % 1_000 == 0 ? 6 : 9;
            out.append('.').append(decimals, 0, length);
        }
        return out.append('s').toString();
    }

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "Seconds", "GetSeconds" -> seconds();
            case "Nanos", "GetNanos" -> nanos % SECOND;
            case "String" -> goString();
            default -> NO_SUCH_MEMBER;
        };
    }

    @Override
    public String goType() {
        return "durationpb.Duration";
    }

    @Override
    public String goString() {
        return json();
    }
}
