package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of a program's failure which rule it is about, what is missing, and what to do; the program's own words come with it. */
final class KernelErrors {
    private static final Pattern LINE = Pattern.compile("line:? (\\d+)|/dev/stdin:(\\d+):|stdin:(\\d+):");
    private static final Pattern MISSING_EXTENSION = Pattern.compile("Couldn't load (match|target) [`']([\\w-]+)'");
    /** What a rule says, and the part of the kernel that understands it. */
    private static final Map<String, String> MODULES = modules();

    private KernelErrors() {}

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        modules.put("-m owner", "xt_owner");
        modules.put("-m conntrack", "xt_conntrack");
        modules.put("-m connmark", "xt_connmark");
        modules.put("-m multiport", "xt_multiport");
        modules.put("-m mark", "xt_mark");
        modules.put("--match-set", "xt_set");
        modules.put("-j REDIRECT", "xt_REDIRECT");
        modules.put("-j TPROXY", "xt_TPROXY");
        modules.put("-j CONNMARK", "xt_connmark");
        modules.put("-j MARK", "xt_mark");
        modules.put("-j CT", "xt_CT");
        modules.put("redirect to", "nft_redir");
        modules.put("tproxy ", "nft_tproxy");
        modules.put("skuid", "nft_meta");
        modules.put("ct ", "nft_ct");
        return modules;
    }

    /**
     * What went wrong.
     *
     * @param input what the program was given, of which its message names a line
     */
    static Refused explain(String program, Result result, String input) {
        String words = result.err().isBlank() ? result.out().strip() : result.err().strip();
        String rule = rule(words, input);
        String what = program + " failed with exit status " + result.status() + (rule.isEmpty() ? "" : " at \"" + rule + "\"") + ": "
                + words;
        return new Refused(what, where(words, rule), remedy(words, rule));
    }

    private static String rule(String words, String input) {
        Matcher matcher = LINE.matcher(words);
        if (!matcher.find()) {
            return "";
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                String[] lines = input.split("\n", -1);
                int number = Integer.parseInt(matcher.group(group));
                return number >= 1 && number <= lines.length ? lines[number - 1] : "";
            }
        }
        return "";
    }

    private static boolean isAboutRights(String words) {
        return words.contains("Permission denied") || words.contains("not permitted") || words.contains("you must be root");
    }

    private static String where(String words, String rule) {
        if (words.contains("lock")) {
            return "the lock of iptables";
        }
        if (isAboutRights(words)) {
            return "capabilities of the container";
        }
        return rule.isEmpty() ? "kernel" : "the rule";
    }

    private static String remedy(String words, String rule) {
        if (words.contains("currently holding the xtables lock")) {
            return "another program changes rules in this namespace; run this one again when that has ended";
        }
        if (words.contains("lock file")) {
            return "the older iptables needs a lock file that it can write: mount an emptyDir at /run, or set XTABLES_LOCKFILE, or run as root";
        }
        if (words.contains("_tables_names")) {
            return "only root may read the kernel's list of the older kind's tables: run as root with NET_ADMIN and NET_RAW, or use"
                    + " --force-iptables-binary=nft";
        }
        if (isAboutRights(words)) {
            return "add the capabilities NET_ADMIN and NET_RAW to the container's securityContext and let it run as root, or use the CNI plugin";
        }
        Matcher extension = MISSING_EXTENSION.matcher(words);
        if (extension.find()) {
            return "the image lacks iptables' extension for the " + extension.group(1) + " " + extension.group(2)
                    + "; install the whole package iptables";
        }
        if (words.contains("Invalid argument") && rule.contains("-m owner")) {
            return "is the user or group of the rule mapped in this user namespace (/proc/self/uid_map, gid_map)? Map it, or use"
                    + " --native-nftables, which does not ask; for a pod with users of its own, enter its user namespace, too"
                    + " (nsenter --user=… --net=…)";
        }
        if (words.contains("unable to initialize table")) {
            // The older kind says the same of a missing right and of a missing module.
            return "add the capabilities NET_ADMIN and NET_RAW to the container's securityContext; if it has them, load the kernel modules"
                    + " ip_tables, iptable_nat, iptable_mangle and iptable_raw (ip6_… for IPv6) on the node, or use"
                    + " --force-iptables-binary=nft";
        }
        if (words.contains("Table does not exist") || words.contains("can't initialize")) {
            return "load the kernel modules ip_tables, iptable_nat, iptable_mangle and iptable_raw (ip6_… for IPv6) on the node, or use"
                    + " --force-iptables-binary=nft";
        }
        if (words.contains("No such file or directory") || words.contains("No chain/target/match by that name")
                || words.contains("not supported") || words.contains("missing kernel module")) {
            for (Map.Entry<String, String> module : MODULES.entrySet()) {
                if (rule.contains(module.getKey())) {
                    return "load the kernel module " + module.getValue() + " on the node (modprobe " + module.getValue() + ")";
                }
            }
            return "load the kernel modules of the rules on the node: nf_tables, nft_compat, xt_owner, xt_REDIRECT, xt_conntrack";
        }
        return rule.isEmpty() ? "see the program's own words" : "correct the setting that the value comes from: explain tells which";
    }
}
