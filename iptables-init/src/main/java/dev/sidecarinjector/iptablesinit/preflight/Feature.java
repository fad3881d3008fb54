package dev.sidecarinjector.iptablesinit.preflight;

import java.util.List;
import java.util.stream.Stream;

/**
 * A part of the kernel, and of the program that talks to it, which some rules need.
 *
 * @param sign   what a rule's text has that needs it
 * @param what   for people
 * @param probe  a text that can be loaded into an empty namespace only where it is there
 * @param module of the kernel
 * @param list   the kernel's list of what is in use, under {@code /proc/net}; empty where there is none
 * @param entry  its line there
 */
record Feature(String sign, String what, String probe, String module, String list, String entry) {
    private static final List<Feature> IPTABLES = List.of(
            table("nat"), table("mangle"), table("raw"),
            match("owner", "nat", "OUTPUT", "-m owner --uid-owner 0", "xt_owner"),
            match("conntrack", "mangle", "PREROUTING", "-m conntrack --ctstate INVALID", "xt_conntrack"),
            match("multiport", "nat", "OUTPUT", "-p tcp -m multiport ! --dports 53,15008", "xt_multiport"),
            match("mark", "mangle", "OUTPUT", "-m mark --mark 1337", "xt_mark"),
            match("connmark", "mangle", "OUTPUT", "-m connmark --mark 1337", "xt_connmark"),
            target("REDIRECT", "nat", "OUTPUT", "-p tcp -j REDIRECT --to-ports 15001", "xt_REDIRECT"),
            target("TPROXY", "mangle", "PREROUTING", "-p tcp -j TPROXY --tproxy-mark 1337 --on-port 15006", "xt_TPROXY"),
            target("MARK", "mangle", "PREROUTING", "-j MARK --set-mark 1337", "xt_mark"),
            target("CONNMARK", "mangle", "PREROUTING", "-j CONNMARK --save-mark", "xt_connmark"),
            target("CT", "raw", "OUTPUT", "-j CT --zone 1", "xt_CT"));
    private static final List<Feature> NFTABLES = List.of(
            nft("table inet istio-proxy-nat", "tables of the family inet for nat", "nat hook output priority -100", "counter return",
                    "nft_chain_nat"),
            nft("skuid", "owners of sockets", "nat hook output priority -100", "skuid 0 counter return", "nft_meta"),
            nft("redirect to", "redirect", "nat hook output priority -100", "meta l4proto tcp redirect to :15001", "nft_redir"),
            nft("tproxy ", "tproxy", "filter hook prerouting priority -150", "meta l4proto tcp tproxy ip to :15006 accept", "nft_tproxy"),
            nft("ct state", "states of connections", "filter hook prerouting priority -150", "ct state invalid counter drop", "nft_ct"),
            nft("ct mark", "marks of connections", "filter hook prerouting priority -150", "ct mark set mark", "nft_ct"),
            nft("ct zone", "zones of connection tracking", "filter hook output priority -300", "ct zone set 1", "nft_ct"));

    private static Feature table(String name) {
        return new Feature("* " + name + "\n", "table " + name, "*" + name + "\n-A OUTPUT -j RETURN\nCOMMIT\n", "iptable_" + name,
                "tables_names", name);
    }

    private static Feature match(String name, String table, String hook, String words, String module) {
        return new Feature(" -m " + name + " ", "match " + name, "*" + table + "\n-A " + hook + " " + words + " -j RETURN\nCOMMIT\n",
                module,
                "tables_matches", name);
    }

    private static Feature target(String name, String table, String hook, String words, String module) {
        return new Feature(" -j " + name + " ", "target " + name, "*" + table + "\n-A " + hook + " " + words + "\nCOMMIT\n", module,
                "tables_targets", name);
    }

    private static Feature nft(String sign, String what, String hook, String rule, String module) {
        return new Feature(sign, what,
                "add table inet probe\nadd chain inet probe c { type " + hook + " ; }\nadd rule inet probe c " + rule + "\n",
                module, "", "");
    }

    /** What a text for iptables-restore needs. */
    static Stream<Feature> ofIptables(String text) {
        return IPTABLES.stream().filter(feature -> text.contains(feature.sign()));
    }

    /** What a text for nft needs. */
    static Stream<Feature> ofNftables(String text) {
        return NFTABLES.stream().filter(feature -> text.contains(feature.sign()));
    }
}
