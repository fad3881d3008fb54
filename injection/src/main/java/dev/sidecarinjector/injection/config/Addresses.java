package dev.sidecarinjector.injection.config;

import org.jspecify.annotations.Nullable;

/** The form of {@code host:port}, of host names (RFC 1123) and of IP addresses, without asking any name service. */
public final class Addresses {
    private Addresses() {}

    /** What is wrong with {@code host:port}, where host is a name or an address in brackets or not; null where it is all right. */
    static @Nullable String problem(String address) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        int close = bracketed ? address.indexOf(']') : -1;
        if (colon < 0 || (bracketed ? close != colon - 1 : address.indexOf(':') != colon)) {
            return "unable to split \"" + address + "\" into host and port";
        }
        String host = bracketed ? address.substring(1, close) : address.substring(0, colon);
        String port = address.substring(colon + 1);
        int number = decimal(port, 99999);
        if (number < 0) {
            return "port (" + port + ") is not a number";
        }
        if (number < 1 || number > 65535) {
            return "port number " + port + " must be in the range 1..65535";
        }
        return isHostName(host) || isIp(host) ? null : "\"" + host + "\" is not a valid hostname or an IP address";
    }

    /** A decimal number without sign from 0 to max, or -1. */
    static int decimal(String text, int max) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || value > max) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return text.isEmpty() || value > max ? -1 : (int) value;
    }

    private static boolean isHostName(String name) {
        if (name.isEmpty() || name.length() > 255) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        int last = labels.length - 1;
        if (decimal(labels[last], Integer.MAX_VALUE - 1) >= 0) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            if (!isLabel(labels[i]) && !(i == last && i > 0 && labels[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** A DNS label of RFC 1123: at most 63 lower-case letters, digits and inner hyphens. */
    static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean inner = i > 0 && i < label.length() - 1;
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inner))) {
                return false;
            }
        }
        return !label.isEmpty() && label.length() <= 63;
    }

    static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    /** {@code address/bits}, IPv4 or IPv6, without zone and without leading zeros. */
    public static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String bits = text.substring(slash + 1);
        String address = text.substring(0, slash);
        boolean v4 = isIpv4(address);
        int number = decimal(bits, v4 ? 32 : 128);
        return number >= 0 && (bits.length() == 1 || bits.charAt(0) != '0') && (v4 || isIpv6(address));
    }

    static boolean isIpv4(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('.', start);
            String part = text.substring(start, end < 0 ? text.length() : end);
            if (part.length() > 3 || decimal(part, 255) < 0 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
            parts++;
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        return parts == 4;
    }

    /** Eight groups of hexadecimal digits; {@code ::} stands once for at least one of them; the last two may be an IPv4 address. */
    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
        String tail = text.substring(gap + 2);
        int after = tail.isEmpty() ? 0 : groups(tail, true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    private static int groups(String text, boolean mayEndInIpv4) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                return isIpv4(parts[i]) ? count + 2 : -1;
            }
            if (!isGroup(parts[i])) {
                return -1;
            }
            count++;
        }
        return count;
    }

    private static boolean isGroup(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (Character.digit(part.charAt(i), 16) < 0 || part.charAt(i) > 'f') {
                return false;
            }
        }
        return !part.isEmpty() && part.length() <= 4;
    }
}
