package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.iptablesinit.socket.NamespaceThread;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Another machine beside the pod: a thread in a network namespace of its own, at the other end of a cable that exists as long as it does. Even when this process
 * is killed nothing is left, since the kernel removes the cable together with the namespace.
 */
final class Neighbour implements AutoCloseable {
    /** Of documentation (RFC 5737, RFC 3849), so that they are nobody's. */
    private static final Map<Family, String> PODS_END = Map.of(Family.IPV4, "192.0.2.253", Family.IPV6, "2001:db8:5176::1");
    private static final Map<Family, String> OTHER_END = Map.of(Family.IPV4, "192.0.2.254", Family.IPV6, "2001:db8:5176::2");
    private static final String IN_THE_POD = "si-verify";
    private static final String OUTSIDE = "si-pod";

    private final ExecutorService thread;
    /** Why there is none, by family. */
    private final Map<Family, String> missing = new EnumMap<>(Family.class);

    private Neighbour(ExecutorService thread) {
        this.thread = thread;
    }

    /** With a cable to this namespace, where that is possible. */
    static Neighbour moveIn(boolean ipv6) {
        Neighbour neighbour = new Neighbour(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "neighbour");
            thread.setDaemon(true);
            return thread;
        }));
        try {
            String id = neighbour.thread.submit(() -> {
                NamespaceThread.leave();
                return NamespaceThread.id();
            }).get();
            ip("link add " + IN_THE_POD + " type veth peer name " + OUTSIDE + " netns " + id, //
                    "link set " + IN_THE_POD + " addrgenmode none", "link set " + IN_THE_POD + " up");
            neighbour.settle(Family.IPV4);
            if (ipv6) {
                neighbour.settle(Family.IPV6);
            }
        } catch (ExecutionException e) {
            neighbour.missingAll(e.getCause() instanceof SystemError error && error.isForbidden()
                    ? "a neighbour needs a network namespace of its own: CAP_SYS_ADMIN is missing"
                    : "no neighbour: " + e.getCause());
        } catch (IOException e) {
            neighbour.missingAll("no neighbour: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            neighbour.missingAll("interrupted");
        }
        return neighbour;
    }

    private void missingAll(String reason) {
        for (Family family : Family.values()) {
            missing.put(family, reason);
        }
    }

    private void settle(Family family) throws InterruptedException {
        String length = family == Family.IPV4 ? "/30" : "/126 nodad";
        String here = PODS_END.get(family);
        try {
            ip("addr add " + here + length + " dev " + IN_THE_POD);
            thread.submit(() -> {
                ip("link set lo up", "link set " + OUTSIDE + " addrgenmode none", "link set " + OUTSIDE + " up",
                        "addr add " + OTHER_END.get(family) + length + " dev " + OUTSIDE, "route add default via " + here);
                return "";
            }).get();
        } catch (IOException e) {
            missing.put(family, "no neighbour: " + e.getMessage());
        } catch (ExecutionException e) {
            missing.put(family, "no neighbour: " + e.getCause());
        }
    }

    private static void ip(String... lines) throws IOException {
        Result result = Child.run(List.of("ip", "-batch", "-"), Map.of(), String.join("\n", lines) + "\n");
        if (!result.isGood()) {
            throw new IOException("ip: " + result.err().strip().replace('\n', ' '));
        }
    }

    /** Why nothing comes from outside in a family; empty where it does. */
    String missing(Family family) {
        return missing.getOrDefault(family, "");
    }

    /** Does something there. */
    <T> Future<T> submit(Callable<T> work) {
        return thread.submit(work);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // It would go by itself, but only after the last thread that was started over there.
            ip("link del " + IN_THE_POD);
        } catch (IOException _) {
            // It was never there.
        }
    }
}
