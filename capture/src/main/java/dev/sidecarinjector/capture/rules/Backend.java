package dev.sidecarinjector.capture.rules;

/** What the rules are loaded with. */
public enum Backend {
    /** iptables-restore, of the legacy or the nft kind: the text is the same. */
    IPTABLES,
    /** nft, with tables of our own for both families. */
    NFTABLES
}
