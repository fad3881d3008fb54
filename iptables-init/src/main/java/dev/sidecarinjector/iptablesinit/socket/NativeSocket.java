package dev.sidecarinjector.iptablesinit.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sidecarinjector.capture.address.Family;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A TCP or UDP socket of the kernel. It belongs to the user as whom the calling thread acts while it is opened, see {@link Acting}. */
public final class NativeSocket implements AutoCloseable {
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_MARK = 36;
    private static final int SOL_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_TRANSPARENT = 19;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_TRANSPARENT = 75;
    private static final int SO_ORIGINAL_DST = 80;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int BACKLOG = 512;
    private static final int LARGEST_MESSAGE = 2048;

    private final int descriptor;
    private final Family family;

    /** A datagram, and who sent it. */
    public static final class Datagram {
        private final byte[] content;
        private final Endpoint sender;

        private Datagram(byte[] content, Endpoint sender) {
            this.content = content;
            this.sender = sender;
        }

        public byte[] content() {
            return content.clone();
        }

        public Endpoint sender() {
            return sender;
        }
    }

    private NativeSocket(int descriptor, Family family) {
        this.descriptor = descriptor;
        this.family = family;
    }

    public static NativeSocket tcp(Family family) throws SystemError {
        return open(family, Endpoint.domain(family), SOCK_STREAM);
    }

    public static NativeSocket udp(Family family) throws SystemError {
        return open(family, Endpoint.domain(family), SOCK_DGRAM);
    }

    static NativeSocket open(Family family, int domain, int kind) throws SystemError {
        return new NativeSocket(Libc.call("socket", domain, kind | SOCK_CLOEXEC, 0), family);
    }

    int descriptor() {
        return descriptor;
    }

    /** A server of IPv6 leaves IPv4 to another. */
    public NativeSocket onlyThisFamily() throws SystemError {
        return family == Family.IPV4 ? this : set(SOL_IPV6, IPV6_V6ONLY, 1);
    }

    public NativeSocket reuseAddress() throws SystemError {
        return set(SOL_SOCKET, SO_REUSEADDR, 1);
    }

    public NativeSocket reusePort() throws SystemError {
        return set(SOL_SOCKET, SO_REUSEPORT, 1);
    }

    /** Addresses of others may be used as its own; needs CAP_NET_ADMIN or CAP_NET_RAW. */
    public NativeSocket transparent() throws SystemError {
        return family == Family.IPV4 ? set(SOL_IP, IP_TRANSPARENT, 1) : set(SOL_IPV6, IPV6_TRANSPARENT, 1);
    }

    /** Packets carry a mark; needs CAP_NET_ADMIN or CAP_NET_RAW. */
    public NativeSocket mark(long mark) throws SystemError {
        return set(SOL_SOCKET, SO_MARK, (int) mark);
    }

    /** Packets may pass this many routers less one. */
    public NativeSocket hops(int hops) throws SystemError {
        return family == Family.IPV4 ? set(SOL_IP, IP_TTL, hops) : set(SOL_IPV6, IPV6_UNICAST_HOPS, hops);
    }

    /** Connecting and receiving give up after this time. */
    public NativeSocket patience(Duration time) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timeval = arena.allocate(16, 8);
            timeval.set(JAVA_LONG, 0, time.toSeconds());
            timeval.set(JAVA_LONG, 8, time.toNanosPart() / 1000);
            set(SOL_SOCKET, SO_RCVTIMEO, timeval);
            return set(SOL_SOCKET, SO_SNDTIMEO, timeval);
        }
    }

    private NativeSocket set(int level, int option, int value) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            return set(level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    private NativeSocket set(int level, int option, MemorySegment value) throws SystemError {
        Libc.call("setsockopt", descriptor, level, option, value.address(), value.byteSize());
        return this;
    }

    public NativeSocket bind(Endpoint endpoint) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            return bind(endpoint.in(arena), Endpoint.size(family));
        }
    }

    NativeSocket bind(MemorySegment address, int size) throws SystemError {
        Libc.call("bind", descriptor, address.address(), size);
        return this;
    }

    public NativeSocket listen() throws SystemError {
        Libc.call("listen", descriptor, BACKLOG);
        return this;
    }

    public NativeSocket accept() throws SystemError {
        return new NativeSocket(Libc.call("accept4", descriptor, 0, 0, SOCK_CLOEXEC), family);
    }

    public NativeSocket connect(Endpoint endpoint) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            Libc.call("connect", descriptor, endpoint.in(arena).address(), Endpoint.size(family));
            return this;
        }
    }

    /** As one segment or datagram. */
    public void send(byte[] content) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            Libc.call("send", descriptor, Endpoint.bytes(arena, content).address(), content.length, MSG_NOSIGNAL);
        }
    }

    public void send(byte[] content, Endpoint to) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            send(content, to.in(arena), Endpoint.size(family));
        }
    }

    void send(byte[] content, MemorySegment to, int size) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            Libc.call("sendto", descriptor, Endpoint.bytes(arena, content).address(), content.length, MSG_NOSIGNAL, to.address(), size);
        }
    }

    /** What comes next; empty where the other side has ended. */
    public byte[] receive() throws SystemError {
        return receive(LARGEST_MESSAGE);
    }

    byte[] receive(int most) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(most);
            int length = Libc.call("recv", descriptor, buffer.address(), most, 0);
            return buffer.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    public Datagram receiveDatagram() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LARGEST_MESSAGE);
            MemorySegment sender = arena.allocate(Endpoint.LARGEST, 8);
            MemorySegment size = arena.allocateFrom(JAVA_INT, Endpoint.LARGEST);
            int length = Libc.call("recvfrom", descriptor, buffer.address(), LARGEST_MESSAGE, 0, sender.address(), size.address());
            return new Datagram(buffer.asSlice(0, length).toArray(JAVA_BYTE), Endpoint.of(sender));
        }
    }

    public Endpoint local() throws SystemError {
        return endpoint("getsockname");
    }

    public Endpoint peer() throws SystemError {
        return endpoint("getpeername");
    }

    private Endpoint endpoint(String function) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Endpoint.LARGEST, 8);
            Libc.call(function, descriptor, memory.address(), arena.allocateFrom(JAVA_INT, Endpoint.LARGEST).address());
            return Endpoint.of(memory);
        }
    }

    /** Where the client was going before its packets were redirected, as connection tracking remembers it; fails where it doesn't. */
    public Endpoint originalDestination() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Endpoint.LARGEST, 8);
            Libc.call("getsockopt", descriptor, family == Family.IPV4 ? SOL_IP : SOL_IPV6, SO_ORIGINAL_DST, memory.address(),
                    arena.allocateFrom(JAVA_INT, Endpoint.size(family)).address());
            return Endpoint.of(memory);
        }
    }

    @Override
    public void close() {
        try {
            Libc.call("close", descriptor);
        } catch (SystemError _) {
            // Closed all the same.
        }
    }
}
