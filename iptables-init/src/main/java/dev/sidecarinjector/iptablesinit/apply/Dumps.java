package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What the programs called iptables, and nft, have loaded, each asked once. A dump can be started before it is needed: starting the first child takes the JDK as long
 * as reading the settings does, and the two do not need each other.
 */
public final class Dumps {
    private final Map<String, FutureTask<Result>> dumps = new HashMap<>();

    /** Begins with a dump, unless it is begun already. */
    public void start(String program) {
        var _ = begun(program, () -> Iptables.save(program));
    }

    /** Begins with a listing by nft. */
    void startNft() {
        var _ = nft();
    }

    private FutureTask<Result> nft() {
        return begun("nft", () -> Iptables.run(NftRun.LISTING, Map.of(), ""));
    }

    private FutureTask<Result> begun(String program, Callable<Result> listing) {
        FutureTask<Result> dump = dumps.get(program);
        if (dump == null) {
            dump = new FutureTask<>(listing);
            dumps.put(program, dump);
            Thread thread = new Thread(dump, "rules of " + program);
            thread.setDaemon(true);
            thread.start();
        }
        return dump;
    }

    /** Waits for a dump. */
    Result of(String program) {
        return await(begun(program, () -> Iptables.save(program)));
    }

    /** Waits for the listing by nft. */
    Result ofNft() {
        return await(nft());
    }

    private static Result await(FutureTask<Result> dump) {
        try {
            return dump.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(130, "", "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
