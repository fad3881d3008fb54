package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What the programs called iptables have loaded, each asked once. A dump can be started before it is needed: starting the first child takes the JDK as long
 * as reading the settings does, and the two do not need each other.
 */
public final class Dumps {
    private final Map<String, FutureTask<Result>> dumps = new HashMap<>();

    /** Begins with a dump, unless it is begun already. */
    public void start(String program) {
        var _ = begun(program);
    }

    private FutureTask<Result> begun(String program) {
        FutureTask<Result> dump = dumps.get(program);
        if (dump == null) {
            dump = new FutureTask<>(() -> Iptables.save(program));
            dumps.put(program, dump);
            Thread thread = new Thread(dump, program + "-save");
            thread.setDaemon(true);
            thread.start();
        }
        return dump;
    }

    /** Waits for a dump. */
    Result of(String program) {
        try {
            return begun(program).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(130, "", "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
