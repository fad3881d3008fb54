package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.NamespaceThread;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /** Of this process, so that another verification's is not taken for it. */
    private static final String IN_THE_POD = "siv" + ProcessHandle.current().pid();
    private static final String OUTSIDE = "si-pod";
    private static final String PODS_HARDWARE = "02:00:00:00:51:01";
    private static final String OTHER_HARDWARE = "02:00:00:00:51:02";
    private static final int NOBODYS_PORT = 9;
    private static final int ATTEMPTS = 25;
    private static final Duration ATTEMPT = Duration.ofMillis(20);

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
            neighbour.connect(Family.IPV4,
                    List.of("link add " + IN_THE_POD + " address " + PODS_HARDWARE + " type veth peer name " + OUTSIDE + " address "
                            + OTHER_HARDWARE + " netns " + id, "link set " + IN_THE_POD + " addrgenmode none",
                            "link set " + IN_THE_POD + " up"),
                    List.of("link set lo up", "link set " + OUTSIDE + " addrgenmode none", "link set " + OUTSIDE + " up"));
            if (ipv6) {
                neighbour.connect(Family.IPV6, List.of(), List.of());
            }
        } catch (ExecutionException e) {
            neighbour.missingAll(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            neighbour.missingAll("interrupted");
        }
        return neighbour;
    }

    private static String reason(ExecutionException failure) {
        return failure.getCause() instanceof SystemError error && error.isForbidden()
                ? "a neighbour needs a network namespace of its own: CAP_SYS_ADMIN is missing"
                : "no neighbour: " + failure.getCause();
    }

    private void missingAll(String reason) {
        for (Family family : Family.values()) {
            missing.put(family, reason);
        }
    }

    /** Addresses and a route for one family, after what has to be there before. */
    private void connect(Family family, List<String> before, List<String> beforeThere) throws InterruptedException {
        String length = family == Family.IPV4 ? "/30" : "/126 nodad";
        String pod = PODS_END.get(family);
        List<String> here = new ArrayList<>(before);
        here.add("addr add " + pod + length + " dev " + IN_THE_POD);
        // Who would ask for the other's hardware address before the cable is up, as it is for a moment, would ask again only after a second.
        here.add("neigh add " + OTHER_END.get(family) + " lladdr " + OTHER_HARDWARE + " dev " + IN_THE_POD);
        List<String> there = new ArrayList<>(beforeThere);
        there.add("addr add " + OTHER_END.get(family) + length + " dev " + OUTSIDE);
        there.add("neigh add " + pod + " lladdr " + PODS_HARDWARE + " dev " + OUTSIDE);
        there.add("route add default via " + pod);
        try {
            ip(here);
            thread.submit(() -> {
                ip(there);
                return awaitAnswer(family);
            }).get();
        } catch (IOException e) {
            missing.put(family, "no neighbour: " + e.getMessage());
        } catch (ExecutionException e) {
            missing.put(family, reason(e));
        }
    }

    /** Waits until the cable is up, which is when the pod answers in any way. Of datagrams it refuses only so many in a second. */
    private static boolean awaitAnswer(Family family) throws SystemError {
        IpAddress pod = Objects.requireNonNull(IpAddress.parse(Objects.requireNonNull(PODS_END.get(family))));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (NativeSocket socket = NativeSocket.tcp(family)) {
                socket.patience(ATTEMPT).connect(new Endpoint(pod, NOBODYS_PORT));
                return true;
            } catch (SystemError e) {
                if (e.isRefused()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void ip(List<String> lines) throws IOException {
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
            ip(List.of("link del " + IN_THE_POD));
        } catch (IOException _) {
            // It was never there.
        }
    }
}
