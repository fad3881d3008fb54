package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import dev.sidecarinjector.iptablesinit.system.TextFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules of ours of another kind than the one that a run has changed: the kind that was registered last decides, and the others' exceptions count for nothing. Rules
 * of IPv6 never come alone, so that IPv4 tells.
 */
final class Rivals {
    /** Connections that the kernel follows here; it follows none before somebody's rules ask it to. */
    private static final String FOLLOWED = "/proc/sys/net/netfilter/nf_conntrack_count";

    private final Log log;
    private final SearchPath path;
    private final Work work;

    /** Rules that know nothing of each other, by the program that lists them. */
    enum Kind {
        OLDER("iptables-legacy"), NEWER("iptables-nft"), NATIVE("nft");

        private final String program;

        Kind(String program) {
            this.program = program;
        }
    }

    Rivals(Log log, SearchPath path, Work work) {
        this.log = log;
        this.path = path;
        this.work = work;
    }

    /** Begins to look for what {@link #warn} will be about. */
    void lookAhead(Iptables changed, Dumps after) {
        if (isToAsk(changed)) {
            after.startChains();
        }
    }

    /**
     * After a change by iptables.
     *
     * @param before what was loaded before it
     * @param after  what is loaded now
     */
    void warn(Iptables changed, Dumps before, Dumps after) {
        warn(changed.legacy() ? Kind.OLDER : Kind.NEWER, before, isToAsk(changed) ? chains(after) : "", path.has("nft"));
    }

    private boolean isToAsk(Iptables changed) {
        return path.has("nft") && (changed.legacy() || isUsed());
    }

    /**
     * At a change of our own tables of nftables.
     *
     * @param chains what nft lists
     */
    void warn(String chains) {
        warn(Kind.NATIVE, new Dumps(), chains, true);
    }

    private void warn(Kind kind, Dumps dumps, String chains, boolean nft) {
        List<String> others = new ArrayList<>(2);
        if (kind != Kind.OLDER && Lookout.hasOurs(dumps, path, work, Kind.OLDER.program)) {
            others.add(Kind.OLDER.program);
        }
        if (kind != Kind.NEWER && (nft ? chains.contains("\tchain ISTIO_") : Lookout.hasOurs(dumps, path, work, Kind.NEWER.program))) {
            others.add(Kind.NEWER.program);
        }
        if (kind != Kind.NATIVE && chains.contains("table inet istio-proxy-")) {
            others.add(Kind.NATIVE.program);
        }
        if (!others.isEmpty()) {
            log.warn(String.join(" and ", others) + (others.size() > 1 ? " hold" : " holds") + " rules of ours beside those of "
                    + kind.program
                    + ", and which of them decide is left to chance: run --cleanup-only, which removes all, then this again");
        }
    }

    /**
     * A new pod, which nearly every run is in, is spared the process that asks nft: where rules of ours are, connections are followed. The older kind is a
     * choice of few, and its first run has started one process less.
     */
    private static boolean isUsed() {
        return TextFiles.read(FOLLOWED) instanceof TextFile.Content(String count) && !count.strip().equals("0");
    }

    /** Of all tables; empty where nft does not answer. */
    private static String chains(Dumps dumps) {
        Result result = dumps.ofChains();
        return result.isGood() ? result.out() : "";
    }
}
