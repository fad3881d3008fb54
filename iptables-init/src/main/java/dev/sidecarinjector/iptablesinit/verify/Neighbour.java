package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.PacketSocket;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.verify.Seen.Elsewhere;
import dev.sidecarinjector.iptablesinit.verify.Seen.Silence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Another machine beside the pod, by a cable of which both ends are in the pod's namespace: what it sends comes out of the pod's end like anybody's packets, and it
 * is no more than a few segments of TCP written by hand, since the kernel's own would pass the rules for what goes out. A namespace for it would need more rights.
 * The pod's answers go to a hardware address that nobody has, so that the kernel throws them away at the other end, where they have been seen.
 */
final class Neighbour implements AutoCloseable {
    /** Of documentation (RFC 5737, RFC 3849), so that they are nobody's. */
    private static final Map<Family, String> PODS_END = Map.of(Family.IPV4, "192.0.2.253", Family.IPV6, "2001:db8:5176::1");
    private static final Map<Family, String> OWN = Map.of(Family.IPV4, "192.0.2.254", Family.IPV6, "2001:db8:5176::2");
    /** Of this process, so that another verification's is not taken for it. */
    private static final String IN_THE_POD = "siv" + ProcessHandle.current().pid();
    private static final String OUTSIDE = "sio" + ProcessHandle.current().pid();
    private static final String PODS_HARDWARE = "02:00:00:00:51:01";
    private static final String NOBODYS_HARDWARE = "02:00:00:00:51:02";
    private static final int NOBODYS_PORT = 9;
    private static final int FIRST_PORT = 32_768;
    /** What is not captured must not disturb anybody: it ends at the first router. */
    private static final int HOPS = 1;
    private static final Duration ATTEMPT = Duration.ofMillis(50);
    private static final Duration UNTIL_THE_CABLE_IS_UP = Duration.ofMillis(500);

    private final AtomicInteger ports = new AtomicInteger(FIRST_PORT + ThreadLocalRandom.current().nextInt(8192));
    /** Takes the cable away when this process has ended, however it has. */
    private @Nullable Process guard;
    /** Why there is none, by family. */
    private final Map<Family, String> missing = new EnumMap<>(Family.class);

    private Neighbour() {}

    /** With a cable to this namespace, where that is possible. */
    static Neighbour moveIn(boolean ipv6) {
        Neighbour neighbour = new Neighbour();
        try {
            neighbour.guard = new ProcessBuilder("sh", "-c", "read _; exec ip link del " + IN_THE_POD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            neighbour.missing.put(Family.IPV4, "no neighbour: " + e.getMessage());
            neighbour.missing.put(Family.IPV6, "no neighbour: " + e.getMessage());
            return neighbour;
        }
        neighbour.connect(Family.IPV4, List.of("link add " + IN_THE_POD + " address " + PODS_HARDWARE + " type veth peer name " + OUTSIDE,
                "link set " + IN_THE_POD + " addrgenmode none", "link set " + OUTSIDE + " addrgenmode none",
                "link set " + IN_THE_POD + " up", "link set " + OUTSIDE + " up"));
        if (ipv6) {
            neighbour.connect(Family.IPV6, List.of());
        }
        return neighbour;
    }

    /** Addresses for one family, after what has to be there before. */
    private void connect(Family family, List<String> before) {
        List<String> lines = new ArrayList<>(before);
        lines.add("addr add " + PODS_END.get(family) + (family == Family.IPV4 ? "/30" : "/126 nodad") + " dev " + IN_THE_POD);
        lines.add("neigh add " + OWN.get(family) + " lladdr " + NOBODYS_HARDWARE + " dev " + IN_THE_POD);
        try {
            Result result = Child.run(List.of("ip", "-batch", "-"), Map.of(), String.join("\n", lines) + "\n");
            if (!result.isGood()) {
                String words = result.err().strip().replace('\n', ' ');
                missing.put(family, "no neighbour: ip: " + words + (words.contains("not permitted") ? ": CAP_NET_ADMIN is missing" : ""));
                return;
            }
            // While the cable is not up yet, silence would say nothing about the rules.
            try (Wire wire = new Wire(family)) {
                var _ = wire.handshake(endpoint(PODS_END, family, NOBODYS_PORT), UNTIL_THE_CABLE_IS_UP);
            }
        } catch (SystemError e) {
            missing.put(family, "no neighbour: " + e.getMessage() + (e.isForbidden() ? ": CAP_NET_RAW is missing" : ""));
        } catch (IOException e) {
            missing.put(family, "no neighbour: " + e.getMessage());
        }
    }

    private static Endpoint endpoint(Map<Family, String> addresses, Family family, int port) {
        return new Endpoint(Objects.requireNonNull(IpAddress.parse(Objects.requireNonNull(addresses.get(family)))), port);
    }

    /** Why nothing comes from outside in a family; empty where it does. */
    String missing(Family family) {
        return missing.getOrDefault(family, "");
    }

    /** Connects, and hears what the other side says. */
    Seen connect(Endpoint target, Greeting greeting, Duration patience) throws SystemError {
        try (Wire wire = new Wire(target.address().family())) {
            Segment answer = wire.handshake(target, patience);
            if (answer == null) {
                return new Elsewhere("no answer");
            }
            if (!answer.is(Segment.SYN)) {
                return new Elsewhere("refused");
            }
            return greeting.read(wire.hear(answer, patience), answer.to());
        }
    }

    /** Sends an answer to what nobody has asked, which the pod refuses unless it drops it. */
    Seen stray(Endpoint target, Duration patience) throws SystemError {
        try (Wire wire = new Wire(target.address().family())) {
            return wire.exchange(target, Segment.SYN | Segment.ACK, patience) == null
                    ? new Silence()
                    : new Elsewhere("answered");
        }
    }

    @Override
    public void close() {
        if (guard != null) {
            try {
                guard.getOutputStream().close();
                guard.waitFor();
            } catch (IOException _) {
                // It has gone before.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The far end of the cable, as one client uses it. */
    private final class Wire implements AutoCloseable {
        private static final byte[] HARDWARE = HexFormat.ofDelimiter(":").parseHex(PODS_HARDWARE);
        private static final int FIRST_NUMBER = 1;

        private final PacketSocket packets;
        private final Family family;
        private final Endpoint own;

        Wire(Family family) throws SystemError {
            this.family = family;
            own = endpoint(OWN, family, ports.getAndIncrement());
            packets = PacketSocket.at(OUTSIDE, family).patience(ATTEMPT);
        }

        @Nullable
        Segment handshake(Endpoint target, Duration patience) throws SystemError {
            return exchange(target, Segment.SYN, patience);
        }

        /** The first answer to a first segment, which is sent again as long as there is none; null where none comes. */
        @Nullable
        Segment exchange(Endpoint target, int flags, Duration patience) throws SystemError {
            long end = System.nanoTime() + patience.toNanos();
            do {
                send(new Segment(own, target, FIRST_NUMBER, FIRST_NUMBER, flags, Segment.NOTHING));
                Segment answer = next(target, System.nanoTime() + ATTEMPT.toNanos());
                if (answer != null) {
                    return answer;
                }
            } while (System.nanoTime() < end);
            return null;
        }

        /** What the other side says first; empty where it says nothing. */
        byte[] hear(Segment answer, Duration patience) throws SystemError {
            Segment acknowledged = new Segment(own, answer.from(), FIRST_NUMBER + 1, answer.number() + 1, Segment.ACK, Segment.NOTHING);
            send(acknowledged);
            long end = System.nanoTime() + patience.toNanos();
            for (Segment next = next(answer.from(), end); next != null; next = next(answer.from(), end)) {
                if (next.payload().hasRemaining() || next.is(Segment.RST) || next.is(Segment.FIN)) {
                    byte[] words = new byte[next.payload().remaining()];
                    next.payload().get(words);
                    send(new Segment(own, answer.from(), FIRST_NUMBER + 1, 0, Segment.RST, Segment.NOTHING));
                    return words;
                }
                // Our word was lost, or it is said again.
                send(acknowledged);
            }
            return new byte[0];
        }

        private void send(Segment segment) throws SystemError {
            packets.send(segment.packet(HOPS), HARDWARE);
        }

        /** The next segment from there to here; null where none comes in time. */
        private @Nullable Segment next(Endpoint from, long end) throws SystemError {
            while (System.nanoTime() < end) {
                try {
                    Segment segment = Segment.parse(family, packets.receive());
                    if (segment != null && segment.to().equals(own) && segment.from().equals(from)) {
                        return segment;
                    }
                } catch (SystemError e) {
                    if (!e.isTimeout()) {
                        throw e;
                    }
                }
            }
            return null;
        }

        @Override
        public void close() {
            packets.close();
        }
    }
}
