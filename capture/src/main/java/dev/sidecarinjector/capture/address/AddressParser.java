package dev.sidecarinjector.capture.address;

import org.jspecify.annotations.Nullable;

/** The strict grammar of addresses; java.net's would look names up and take {@code 010.1}. */
final class AddressParser {
    private AddressParser() {}

    static @Nullable IpAddress ipv4(String text) {
        long bits = 0;
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            int part = decimal(text, start, end, 255);
            if (part < 0 || parts == 4) {
                return null;
            }
            bits = bits << 8 | part;
            parts++;
            start = end + 1;
        }
        return parts == 4 ? new IpAddress(Family.IPV4, 0, bits) : null;
    }

    /** A number without sign and leading zeros; -1 if it is not one or too large. */
    static int decimal(String text, int start, int end, int limit) {
        if (start >= end || end - start > 5 || (end - start > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value > limit ? -1 : value;
    }

    static @Nullable IpAddress ipv6(String text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            if (count == 8) {
                return null;
            }
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                IpAddress tail = ipv4(text.substring(at));
                if (tail == null || count > 6) {
                    return null;
                }
                groups[count++] = (int) (tail.low() >>> 16);
                groups[count++] = (int) (tail.low() & 0xffff);
                break;
            }
            int group = hexadecimal(text, at, end);
            if (group < 0) {
                return null;
            }
            groups[count++] = group;
            at = end;
            if (colon >= 0) {
                at++;
                if (at < text.length() && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at++;
                } else if (at == text.length()) {
                    return null;
                }
            }
        }
        return filled(groups, count, gap);
    }

    private static int hexadecimal(String text, int start, int end) {
        if (start >= end || end - start > 4) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char letter = text.charAt(i);
            int digit = letter < 128 ? Character.digit(letter, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** A gap, {@code ::}, stands for at least one group of zeros. */
    private static @Nullable IpAddress filled(int[] groups, int count, int gap) {
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        int zeros = 8 - count;
        for (int i = 0; i < 8; i++) {
            int source = gap < 0 || i < gap ? i : i - zeros;
            int group = gap >= 0 && i >= gap && i < gap + zeros ? 0 : groups[source];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return new IpAddress(Family.IPV6, high, low);
    }
}
