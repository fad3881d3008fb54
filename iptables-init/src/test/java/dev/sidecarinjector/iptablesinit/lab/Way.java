package dev.sidecarinjector.iptablesinit.lab;

/** The three ways in which rules get into the kernel, and the option that asks for each. */
public enum Way {
    LEGACY("--force-iptables-binary=legacy"), NFT("--force-iptables-binary=nft"), NATIVE("--native-nftables");

    private final String flag;

    Way(String flag) {
        this.flag = flag;
    }

    public String flag() {
        return flag;
    }

    /** For example {@code ip6tables-legacy}. */
    public String program(boolean ipv6) {
        return (ipv6 ? "ip6tables-" : "iptables-") + (this == LEGACY ? "legacy" : "nft");
    }
}
