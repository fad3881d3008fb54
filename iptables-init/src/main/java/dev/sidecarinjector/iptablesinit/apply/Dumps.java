package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.state.IptablesSave;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What programs list of this network namespace, each asked once. A listing can be started before it is needed: starting the first child takes the JDK as long
 * as reading the settings does, and the two do not need each other.
 */
public final class Dumps {
    private final Map<String, FutureTask<Dump>> dumps = new HashMap<>();

    /**
     * What a program lists.
     *
     * @param loaded the same, read; nothing where the program is none of iptables
     */
    record Dump(Result result, Loaded loaded) {
        static final Dump EMPTY = new Dump(new Result(0, "", ""), Loaded.NOTHING);
    }

    /** Begins with a dump, unless it is begun already. */
    void start(String program) {
        start(program, () -> {});
    }

    /** Begins with a dump; what is to be done when it shows rules of ours is done at once, in a thread of its own. */
    void start(String program, Runnable whereOurs) {
        var _ = iptables(program, whereOurs);
    }

    /** Begins with a dump that is only to be shown. */
    void startText(String program) {
        var _ = text(program);
    }

    /** Begins with a listing by nft. */
    void startNft() {
        var _ = nft();
    }

    /** Begins with the listing of all chains by nft. */
    void startChains() {
        var _ = chains();
    }

    /** Begins with the rules and routes of a family. */
    void startRouting(Family family) {
        var _ = routing(family);
    }

    /** Begins with the names of the sets. */
    void startSets() {
        var _ = sets();
    }

    private FutureTask<Dump> iptables(String program, Runnable whereOurs) {
        return begun(program, () -> {
            Result result = Iptables.save(program);
            if (result.out().contains(Chain.PREFIX)) {
                whereOurs.run();
            }
            return new Dump(result, IptablesSave.parse(result.out(), program.startsWith("ip6") ? Family.IPV6 : Family.IPV4));
        });
    }

    private FutureTask<Dump> text(String program) {
        return listing(List.of(program + "-save"), "");
    }

    private FutureTask<Dump> nft() {
        return listing(NftRun.LISTING, "");
    }

    private FutureTask<Dump> chains() {
        return listing(List.of("nft", "list", "chains"), "");
    }

    private FutureTask<Dump> sets() {
        return listing(Ipsets.NAMES, "");
    }

    private FutureTask<Dump> routing(Family family) {
        return listing(RoutingRun.command(family), "rule show\nroute show table all type local\n");
    }

    private FutureTask<Dump> listing(List<String> command, String input) {
        return begun(String.join(" ", command), () -> new Dump(Iptables.run(command, Map.of(), input), Loaded.NOTHING));
    }

    private synchronized FutureTask<Dump> begun(String name, Callable<Dump> listing) {
        FutureTask<Dump> dump = dumps.get(name);
        if (dump == null) {
            dump = new FutureTask<>(listing);
            dumps.put(name, dump);
            inThread(name, dump);
        }
        return dump;
    }

    private static void inThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for a dump. */
    Dump of(String program) {
        return await(iptables(program, () -> {}));
    }

    /** Waits for a dump that is only to be shown. */
    Result ofText(String program) {
        return await(text(program)).result();
    }

    /** Waits for the listing by nft. */
    Result ofNft() {
        return await(nft()).result();
    }

    /** Waits for the listing of all chains by nft. */
    Result ofChains() {
        return await(chains()).result();
    }

    /** Waits for the names of the sets. */
    Result ofSets() {
        return await(sets()).result();
    }

    /** Waits for the rules and routes of a family. */
    Result ofRouting(Family family) {
        return await(routing(family)).result();
    }

    private static Dump await(FutureTask<Dump> dump) {
        try {
            return dump.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Dump(new Result(130, "", "interrupted"), Loaded.NOTHING);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
