package dev.sidecarinjector.capture.address;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address without a zone.
 *
 * @param high the first 64 bits; 0 for IPv4
 * @param low  the last 64 bits; for IPv4 the address in the last 32
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {
    /**
     * Reads an address as Go's {@code netip.ParseAddr} does: no leading zeros in decimal parts, no blanks. A zone is refused: no rule can hold one.
     *
     * @return null if the text is not an address
     */
    public static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? AddressParser.ipv4(text) : AddressParser.ipv6(text);
    }

    /** An IPv4 address that was written as IPv6, {@code ::ffff:10.0.0.1}; for rules it is IPv6 all the same. */
    public boolean isMapped() {
        return family == Family.IPV6 && high == 0 && low >>> 32 == 0xffff;
    }

    /** The IPv4 address within a mapped one; any other as it is. */
    public IpAddress unmapped() {
        return isMapped() ? new IpAddress(Family.IPV4, 0, low & 0xffff_ffffL) : this;
    }

    /** {@code 127.0.0.0/8}, {@code ::1}. */
    public boolean isLoopback() {
        IpAddress plain = unmapped();
        return plain.family == Family.IPV4 ? plain.low >>> 24 == 127 : plain.high == 0 && plain.low == 1;
    }

    /** {@code 169.254.0.0/16}, {@code fe80::/10}. */
    public boolean isLinkLocal() {
        IpAddress plain = unmapped();
        return plain.family == Family.IPV4 ? plain.low >>> 16 == 0xa9fe : plain.high >>> 54 == 0xfe80 >>> 6;
    }

    /** {@code 224.0.0.0/24}, {@code ff02::/16} in any flags. */
    public boolean isLinkLocalMulticast() {
        IpAddress plain = unmapped();
        return plain.family == Family.IPV4 ? plain.low >>> 8 == 0xe0_0000 : (plain.high >>> 48 & 0xff0f) == 0xff02;
    }

    /** The address with all bits after the first {@code length} cleared. */
    public IpAddress masked(int length) {
        if (family == Family.IPV4) {
            return new IpAddress(family, 0, length == 0 ? 0 : low & 0xffff_ffffL & -1L << (32 - length));
        }
        long first = length >= 64 ? high : length == 0 ? 0 : high & -1L << (64 - length);
        long last = length >= 128 ? low : length <= 64 ? 0 : low & -1L << (128 - length);
        return new IpAddress(family, first, last);
    }

    /** Whether the first {@code length} bits of both are the same; never with one of the other family. */
    boolean agrees(IpAddress other, int length) {
        if (family != other.family) {
            return false;
        }
        // IPv4 fills the last 32 bits only.
        int bits = family == Family.IPV4 ? length + 96 : length;
        long first = bits >= 64 ? 0 : 64 - bits;
        return first == 64
                || ((high ^ other.high) >>> first == 0 && (bits <= 64 || (low ^ other.low) >>> (128 - bits) == 0));
    }

    /** By family, then by value. */
    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        int byHigh = byFamily != 0 ? byFamily : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The one spelling of RFC 5952; a mapped address ends in its decimal form. */
    @Override
    public String toString() {
        if (family == Family.IPV4) {
            return dotted(low);
        }
        return isMapped() ? "::ffff:" + dotted(low) : colons();
    }

    private static String dotted(long bits) {
        return (bits >>> 24 & 255) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private int group(int index) {
        return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xffff);
    }

    private String colons() {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }
}
