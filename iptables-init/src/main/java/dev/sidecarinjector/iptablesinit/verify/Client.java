package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Person;
import dev.sidecarinjector.capture.proof.Probe;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.iptablesinit.socket.Acting;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.verify.Seen.Arrived;
import dev.sidecarinjector.iptablesinit.verify.Seen.Elsewhere;
import dev.sidecarinjector.iptablesinit.verify.Seen.Impossible;
import dev.sidecarinjector.iptablesinit.verify.Seen.Role;
import java.time.Duration;

/** Makes one connection or query and says what became of it. */
final class Client {
    /** What is not captured must not disturb anybody: it ends at the first router. */
    private static final int HOPS = 1;
    /** Of documentation (RFC 5737, RFC 3849): nobody's address, and so a client's from anywhere. */
    private static final Endpoint SOMEBODY = new Endpoint(new IpAddress(Family.IPV4, 0, 0xc000_024dL), 0);
    private static final Endpoint SOMEBODY6 = new Endpoint(new IpAddress(Family.IPV6, 0x2001_0db8_0077_0000L, 7), 0);
    private static final IpAddress SELF = new IpAddress(Family.IPV4, 0, 0x7f00_0006L);
    private static final IpAddress SELF6 = new IpAddress(Family.IPV6, 0, 6);

    private final Greeting greeting;
    private final Neighbour neighbour;
    private final Person application;
    private final long mark;

    /**
     * A client.
     *
     * @param neighbour   who connects from outside
     * @param application who asks before an agent does
     * @param mark        of TPROXY
     */
    Client(Greeting greeting, Neighbour neighbour, Person application, long mark) {
        this.greeting = greeting;
        this.neighbour = neighbour;
        this.application = application;
        this.mark = mark;
    }

    /** Waits no longer than {@code patience} for each step. */
    Seen make(Probe probe, Duration patience) {
        try {
            if (probe.isInbound()) {
                Endpoint target = new Endpoint(probe.destination(), probe.port());
                return probe.manner() == Manner.STRAY
                        ? neighbour.stray(target, patience)
                        : neighbour.connect(target, greeting, patience);
            }
            return probe.manner() == Manner.AFTER_APPLICATION
                    ? afterApplication(probe, patience)
                    : call(probe, patience, Endpoint.any(probe.family(), 0));
        } catch (SystemError e) {
            return e.isForbidden() ? new Impossible(String.valueOf(e.getMessage())) : new Elsewhere(e.words());
        }
    }

    private Seen call(Probe probe, Duration patience, Endpoint from) throws SystemError {
        try (NativeSocket socket = open(probe.family(), probe.person(), probe.protocol())) {
            switch (probe.manner()) {
                case FROM_SELF -> socket.bind(new Endpoint(probe.family() == Family.IPV4 ? SELF : SELF6, 0));
                case AS_CLIENT -> socket.transparent().mark(mark).bind(probe.family() == Family.IPV4 ? SOMEBODY : SOMEBODY6);
                default -> {
                    if (from.port() != 0) {
                        socket.reuseAddress().bind(from);
                    }
                }
            }
            return probe.protocol() == Protocol.TCP ? connect(socket, probe, patience) : ask(socket, probe, patience);
        }
    }

    private static NativeSocket open(Family family, Person person, Protocol protocol) throws SystemError {
        if (Acting.uid() == person.uid() && Acting.gid() == person.gid()) {
            return protocol == Protocol.TCP ? NativeSocket.tcp(family) : NativeSocket.udp(family);
        }
        try (Acting _ = Acting.as(person.uid(), person.gid())) {
            return protocol == Protocol.TCP ? NativeSocket.tcp(family) : NativeSocket.udp(family);
        }
    }

    private Seen connect(NativeSocket socket, Probe probe, Duration patience) throws SystemError {
        Endpoint target = new Endpoint(probe.destination(), probe.port());
        if (!hasRoute(target)) {
            return new Impossible("there is no route to " + target.address());
        }
        try {
            socket.hops(HOPS).patience(patience).connect(target);
            return greeting.read(socket.receive(), socket.local());
        } catch (SystemError e) {
            return notConnected(e);
        }
    }

    private static Elsewhere notConnected(SystemError error) {
        return new Elsewhere(error.isRefused()
                ? "refused"
                : error.isTimeout()
                        ? "no answer"
                        : error.isUnreachable() ? "left the pod, and went no further" : error.words());
    }

    /** Looked up by a socket that sends nothing. */
    private static boolean hasRoute(Endpoint target) throws SystemError {
        try (NativeSocket socket = NativeSocket.udp(target.address().family())) {
            socket.connect(target);
            return true;
        } catch (SystemError e) {
            if (e.isUnreachable()) {
                return false;
            }
            throw e;
        }
    }

    private Seen ask(NativeSocket socket, Probe probe, Duration patience) throws SystemError {
        Endpoint target = new Endpoint(probe.destination(), probe.port());
        if (!hasRoute(target)) {
            return new Impossible("there is no route to " + target.address());
        }
        try {
            // Connected, so that only an answer from the server that was asked counts.
            socket.hops(HOPS).patience(patience).connect(target);
            socket.send(Query.bytes(probe.manner() == Manner.ANSWERED_BY_GROUP));
            return greeting.read(socket.receive(), socket.local());
        } catch (SystemError e) {
            return notConnected(e);
        }
    }

    /** Connection tracking remembers the application's query; the agent's must not be taken for it. */
    private Seen afterApplication(Probe probe, Duration patience) throws SystemError {
        Probe before = new Probe(Manner.PLAIN, application, Protocol.UDP, probe.destination(), probe.port());
        Seen first = call(before, patience, Endpoint.any(probe.family(), 0));
        if (!(first instanceof Arrived arrived) || arrived.role() != Role.AGENT) {
            return new Impossible("the application's query before it: " + first.words());
        }
        return call(probe, patience, Endpoint.any(probe.family(), arrived.client().port()));
    }
}
