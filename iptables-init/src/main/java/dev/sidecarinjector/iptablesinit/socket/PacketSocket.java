package dev.sidecarinjector.iptablesinit.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sidecarinjector.capture.address.Family;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;

/** Packets as they pass an interface, before and behind everything that the kernel does with them; needs CAP_NET_RAW. */
public final class PacketSocket implements AutoCloseable {
    private static final short AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final short ETH_P_IP = 0x0800;
    private static final short ETH_P_IPV6 = (short) 0x86dd;
    private static final int ADDRESS_SIZE = 20;
    private static final int HARDWARE_ADDRESS_SIZE = 6;
    private static final int LARGEST_PACKET = 65_536;
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final NativeSocket socket;
    private final Family family;
    private final int index;

    private PacketSocket(NativeSocket socket, Family family, int index) {
        this.socket = socket;
        this.family = family;
        this.index = index;
    }

    /** Of one family at one interface. */
    public static PacketSocket at(String device, Family family) throws SystemError {
        int index;
        try (Arena arena = Arena.ofConfined()) {
            index = Libc.call("if_nametoindex", arena.allocateFrom(device).address());
        }
        NativeSocket socket = NativeSocket.open(family, AF_PACKET, SOCK_DGRAM);
        try (Arena arena = Arena.ofConfined()) {
            PacketSocket packets = new PacketSocket(socket, family, index);
            socket.bind(packets.address(arena, new byte[HARDWARE_ADDRESS_SIZE]), ADDRESS_SIZE);
            return packets;
        } catch (SystemError e) {
            socket.close();
            throw e;
        }
    }

    /** A {@code sockaddr_ll}. */
    private MemorySegment address(Arena arena, byte[] hardware) {
        MemorySegment memory = arena.allocate(ADDRESS_SIZE, 8).fill((byte) 0);
        memory.set(JAVA_SHORT, 0, AF_PACKET);
        memory.set(NETWORK_SHORT, 2, family == Family.IPV4 ? ETH_P_IP : ETH_P_IPV6);
        memory.set(JAVA_INT, 4, index);
        memory.set(JAVA_BYTE, 11, (byte) hardware.length);
        MemorySegment.copy(hardware, 0, memory, JAVA_BYTE, 12, hardware.length);
        return memory;
    }

    /** Receiving gives up after this time. */
    public PacketSocket patience(Duration time) throws SystemError {
        socket.patience(time);
        return this;
    }

    /**
     * Sends a packet out of the interface.
     *
     * @param packet   from its IP header on
     * @param hardware of the receiver, six bytes
     */
    public void send(byte[] packet, byte[] hardware) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            socket.send(packet, address(arena, hardware), ADDRESS_SIZE);
        }
    }

    /** The next packet, from its IP header on, whoever it is for. */
    public byte[] receive() throws SystemError {
        return socket.receive(LARGEST_PACKET);
    }

    @Override
    public void close() {
        socket.close();
    }
}
