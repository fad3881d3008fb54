package dev.sidecarinjector.capture.rules;

import java.util.Locale;

/** The chains that hold rules: two of the kernel's hooks, and our own. */
public enum Chain {
    PREROUTING, OUTPUT, ISTIO_DIVERT, ISTIO_TPROXY, ISTIO_INBOUND, ISTIO_REDIRECT, ISTIO_IN_REDIRECT, ISTIO_OUTPUT, ISTIO_OUTPUT_DNS, ISTIO_DROP;

    /** What the names of all our chains in iptables begin with. */
    public static final String PREFIX = "ISTIO_";

    /** Whether it is always there, with rules of others. */
    public boolean isBuiltIn() {
        return this == PREROUTING || this == OUTPUT;
    }

    /** Name in nftables. */
    public String nftables() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
