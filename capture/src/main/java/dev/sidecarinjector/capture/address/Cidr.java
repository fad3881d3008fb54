package dev.sidecarinjector.capture.address;

import org.jspecify.annotations.Nullable;

/**
 * A prefix as it was written: bits after its length are kept, since the rules' text shows them.
 *
 * @param length in bits
 */
public record Cidr(IpAddress address, int length) {
    /**
     * Reads a prefix as Go's {@code netip.ParsePrefix} does: address, slash, length without sign or leading zeros; no zone.
     *
     * @return null if the text is not a prefix
     */
    public static @Nullable Cidr parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            return null;
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int length = AddressParser.decimal(text, slash + 1, text.length(), address.family().bits());
        return length < 0 ? null : new Cidr(address, length);
    }

    /** One address only. */
    public static Cidr of(IpAddress address) {
        return new Cidr(address, address.family().bits());
    }

    public Family family() {
        return address.family();
    }

    /** The same prefix with all bits after its length cleared, which is what the kernel keeps. */
    public Cidr masked() {
        return new Cidr(address.masked(length), length);
    }

    /** Whether an address lies within; never one of the other family. */
    public boolean contains(IpAddress other) {
        return address.agrees(other, length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
