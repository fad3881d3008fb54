package dev.sidecarinjector.iptablesinit.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** An end of a connection. */
public record Endpoint(IpAddress address, int port) {
    static final int LARGEST = 28;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt IPV4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong HALF_OF_IPV6 = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** Any address of a family. */
    public static Endpoint any(Family family, int port) {
        return new Endpoint(new IpAddress(family, 0, 0), port);
    }

    static int domain(Family family) {
        return family == Family.IPV4 ? AF_INET : AF_INET6;
    }

    static int size(Family family) {
        return family == Family.IPV4 ? 16 : LARGEST;
    }

    /** A {@code sockaddr_in} or {@code sockaddr_in6}. */
    MemorySegment in(Arena arena) {
        MemorySegment memory = arena.allocate(LARGEST, 8).fill((byte) 0);
        memory.set(JAVA_SHORT, 0, (short) domain(address.family()));
        memory.set(PORT, 2, (short) port);
        if (address.family() == Family.IPV4) {
            memory.set(IPV4, 4, (int) address.low());
        } else {
            memory.set(HALF_OF_IPV6, 8, address.high());
            memory.set(HALF_OF_IPV6, 16, address.low());
        }
        return memory;
    }

    static Endpoint of(MemorySegment memory) {
        int port = memory.get(PORT, 2) & 0xffff;
        if (memory.get(JAVA_SHORT, 0) == AF_INET) {
            return new Endpoint(new IpAddress(Family.IPV4, 0, memory.get(IPV4, 4) & 0xffff_ffffL), port);
        }
        return new Endpoint(new IpAddress(Family.IPV6, memory.get(HALF_OF_IPV6, 8), memory.get(HALF_OF_IPV6, 16)), port);
    }

    static MemorySegment bytes(Arena arena, byte[] content) {
        return arena.allocateFrom(JAVA_BYTE, content);
    }

    @Override
    public String toString() {
        return address.family() == Family.IPV4 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
