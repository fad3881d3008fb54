package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Person;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.iptablesinit.socket.Acting;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket.Datagram;
import dev.sidecarinjector.iptablesinit.socket.Readiness;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.verify.Seen.Role;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Stand-ins for the proxy, the agent and the application: they tell each client what they see of it, and hang up. */
final class Listeners implements AutoCloseable {
    static final int AGENT_PORT = 15_053;

    private final Greeting greeting;
    private final Person proxyUser;
    private final Person proxyGroup;
    private final Map<NativeSocket, Role> streams = new LinkedHashMap<>();
    /** Two agents share a port: one is the proxy by its user, the other by its group. */
    private final Map<NativeSocket, NativeSocket> agents = new LinkedHashMap<>();
    private final Set<Endpoint> applications = new HashSet<>();
    /** As whom no socket could be opened. */
    private final Set<Person> forbidden = new HashSet<>();
    private final Readiness readiness;
    private final Thread thread;

    /** Another program has a port that the proxy is to have. */
    static final class Taken extends Exception {
        private static final long serialVersionUID = 1;

        Taken(String message) {
            super(message);
        }
    }

    /**
     * All listening.
     *
     * @param proxyUser  as whom the proxy's sockets are opened, where this process may
     * @param proxyGroup the same for an agent that has only the group of the proxy
     * @param ports      of the application, where nothing is to be captured
     */
    Listeners(CaptureSettings settings, Greeting greeting, Person proxyUser, Person proxyGroup, Set<Integer> ports)
            throws Taken, SystemError {
        this.greeting = greeting;
        this.proxyUser = proxyUser;
        this.proxyGroup = proxyGroup;
        try {
            for (Family family : settings.network().ipv6() ? Family.values() : new Family[]{Family.IPV4}) {
                listen(settings, family, ports);
            }
            readiness = new Readiness(Stream.concat(streams.keySet().stream(), agents.keySet().stream()).toList());
        } catch (Taken | SystemError e) {
            closeAll();
            throw e;
        }
        thread = new Thread(this::serve, "listeners");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen(CaptureSettings settings, Family family, Set<Integer> ports) throws Taken, SystemError {
        IpAddress loopback = loopback(family);
        stream(Role.OUTBOUND, new Endpoint(loopback, Integer.parseInt(settings.proxy().outboundPort())), false);
        stream(Role.INBOUND, Endpoint.any(family, Integer.parseInt(settings.proxy().inboundPort())),
                settings.inbound().mode() == Mode.TPROXY);
        if (settings.dns().captured()) {
            Endpoint agent = new Endpoint(loopback, AGENT_PORT);
            stream(Role.AGENT, agent, false);
            NativeSocket byGroup = agent(agent, proxyGroup);
            // What is bound last receives what comes; the other one only answers.
            agents.put(agent(agent, proxyUser), byGroup);
            agents.put(byGroup, byGroup);
        }
        for (int port : ports) {
            Endpoint any = Endpoint.any(family, port);
            try {
                stream(Role.APPLICATION, any, false);
                applications.add(any);
            } catch (Taken _) {
                // Then whoever has it stands for the application.
            }
        }
    }

    static IpAddress loopback(Family family) {
        return family == Family.IPV4 ? new IpAddress(family, 0, 0x7f00_0001L) : new IpAddress(family, 0, 1);
    }

    private void stream(Role role, Endpoint endpoint, boolean transparent) throws Taken, SystemError {
        Family family = endpoint.address().family();
        NativeSocket socket = role == Role.APPLICATION ? NativeSocket.tcp(family) : open(family, true, proxyUser);
        try {
            socket.reuseAddress().onlyThisFamily();
            if (transparent) {
                socket.transparent();
            }
            socket.bind(endpoint).listen();
            streams.put(socket, role);
        } catch (SystemError e) {
            socket.close();
            throw explained(e, role, endpoint);
        }
    }

    private NativeSocket agent(Endpoint endpoint, Person person) throws Taken, SystemError {
        NativeSocket socket = open(endpoint.address().family(), false, person);
        try {
            return socket.reuseAddress().onlyThisFamily().bind(endpoint);
        } catch (SystemError e) {
            socket.close();
            throw explained(e, Role.AGENT, endpoint);
        }
    }

    private static Taken explained(SystemError error, Role role, Endpoint endpoint) throws SystemError {
        if (error.isTaken() || (role == Role.APPLICATION && error.isForbidden())) {
            return new Taken("port " + endpoint.port() + " (" + role.words() + ") is taken: verify before the proxy starts");
        }
        throw error;
    }

    /** As this process where it may not be another; the checks that need the right say so themselves. */
    private NativeSocket open(Family family, boolean stream, Person person) throws SystemError {
        try (Acting _ = Acting.as(person.uid(), person.gid())) {
            return stream ? NativeSocket.tcp(family) : NativeSocket.udp(family);
        } catch (SystemError e) {
            if (e.isForbidden()) {
                forbidden.add(person);
                return stream ? NativeSocket.tcp(family) : NativeSocket.udp(family);
            }
            throw e;
        }
    }

    /** Whether what is not captured arrives at a listener of ours. */
    boolean hasApplication(Family family, int port) {
        return applications.contains(Endpoint.any(family, port));
    }

    /** Whether the agent that is to answer is the proxy's: else connection tracking keeps its answer from the application. */
    boolean answersAs(Manner manner) {
        return !forbidden.contains(manner == Manner.ANSWERED_BY_GROUP ? proxyGroup : proxyUser);
    }

    private void serve() {
        try {
            for (List<NativeSocket> ready = readiness.await(); !ready.isEmpty(); ready = readiness.await()) {
                for (NativeSocket socket : ready) {
                    Role role = streams.get(socket);
                    if (role == null) {
                        answer(socket);
                    } else {
                        greet(socket, role);
                    }
                }
            }
        } catch (SystemError e) {
            throw new IllegalStateException(e);
        }
    }

    private void greet(NativeSocket listener, Role role) {
        try (NativeSocket connection = listener.accept()) {
            connection.send(greeting.write(role, original(connection), connection.local(), connection.peer()));
        } catch (SystemError _) {
            // The client has gone.
        }
    }

    private static String original(NativeSocket connection) {
        try {
            return connection.originalDestination().toString();
        } catch (SystemError _) {
            return "";
        }
    }

    private void answer(NativeSocket agent) {
        try {
            Datagram query = agent.receiveDatagram();
            NativeSocket answering = Query.wantsGroup(query.content()) ? agents.get(agent) : agent;
            if (answering != null) {
                answering.send(greeting.write(Role.AGENT, "", agent.local(), query.sender()), query.sender());
            }
        } catch (SystemError _) {
            // The client has gone.
        }
    }

    @Override
    public void close() {
        readiness.wake();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        readiness.close();
        closeAll();
    }

    private void closeAll() {
        streams.keySet().forEach(NativeSocket::close);
        agents.keySet().forEach(NativeSocket::close);
    }
}
