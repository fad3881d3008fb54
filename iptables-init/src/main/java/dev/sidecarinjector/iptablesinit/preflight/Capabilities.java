package dev.sidecarinjector.iptablesinit.preflight;

/**
 * Rights of a process, as bits (capabilities(7)).
 *
 * @param effective the bits of the line CapEff
 */
record Capabilities(long effective) {
    private static final int NET_ADMIN = 12;
    private static final int NET_RAW = 13;

    /** From the text of {@code /proc/self/status}; none where the line is missing. */
    static Capabilities parse(String status) {
        for (String line : status.lines().toList()) {
            if (line.startsWith("CapEff:")) {
                return new Capabilities(Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16));
            }
        }
        return new Capabilities(0);
    }

    boolean netAdmin() {
        return (effective >> NET_ADMIN & 1) == 1;
    }

    boolean netRaw() {
        return (effective >> NET_RAW & 1) == 1;
    }
}
