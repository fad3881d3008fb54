package dev.sidecarinjector.capture.address;

/** The two families of addresses, each with its own rules in iptables. */
public enum Family {
    IPV4(32, "IPv4"), //
    IPV6(128, "IPv6");

    private final int bits;
    private final String label;

    Family(int bits, String label) {
        this.bits = bits;
        this.label = label;
    }

    /** Length of an address in bits. */
    public int bits() {
        return bits;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
