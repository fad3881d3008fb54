package dev.sidecarinjector.capture.rules;

/** The tables that hold rules, in the order in which iptables-restore gets them. */
public enum Table {
    MANGLE("mangle"), //
    NAT("nat"), //
    RAW("raw");

    private final String iptables;

    Table(String iptables) {
        this.iptables = iptables;
    }

    /** Name in iptables. */
    public String iptables() {
        return iptables;
    }

    /** Name in nftables, of the family inet. */
    public String nftables() {
        return "istio-proxy-" + iptables;
    }
}
