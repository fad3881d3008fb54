package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A segment of TCP (RFC 9293) in a packet without options.
 *
 * @param number         of the first byte
 * @param acknowledgment of the byte that is expected next
 * @param flags          those below
 */
record Segment(Endpoint from, Endpoint to, int number, int acknowledgment, int flags, ByteBuffer payload) {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int TCP = 6;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final short DO_NOT_FRAGMENT = 0x4000;
    private static final short WINDOW = (short) 0xffff;

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /**
     * From the IP header on.
     *
     * @param hops how many routers less one it may pass
     */
    byte[] packet(int hops) {
        boolean ipv4 = from.address().family() == Family.IPV4;
        int length = TCP_HEADER + payload.remaining();
        int header = ipv4 ? IPV4_HEADER : IPV6_HEADER;
        ByteBuffer packet = ByteBuffer.allocate(header + length);
        if (ipv4) {
            packet.putShort((short) 0x4500).putShort((short) (header + length)).putShort((short) 0).putShort(DO_NOT_FRAGMENT);
            packet.put((byte) hops).put((byte) TCP).putShort((short) 0);
        } else {
            packet.putInt(0x6000_0000).putShort((short) length).put((byte) TCP).put((byte) hops);
        }
        packet.put(bytes(from.address())).put(bytes(to.address()));
        if (ipv4) {
            packet.putShort(10, sum(packet.duplicate().flip(), 0));
        }
        packet.putShort((short) from.port()).putShort((short) to.port()).putInt(number).putInt(acknowledgment);
        packet.put((byte) (TCP_HEADER << 2)).put((byte) flags).putShort(WINDOW).putShort((short) 0).putShort((short) 0);
        packet.put(payload.duplicate()).flip();
        packet.putShort(header + 16, sum(packet.duplicate().position(header), TCP + length + words(from) + words(to)));
        return packet.array();
    }

    private static byte[] bytes(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(address.high()).putLong(address.low());
        return address.family() == Family.IPV4 ? Arrays.copyOfRange(bytes.array(), 12, 16) : bytes.array();
    }

    private static long words(Endpoint end) {
        long sum = 0;
        ByteBuffer bytes = ByteBuffer.wrap(bytes(end.address()));
        while (bytes.hasRemaining()) {
            sum += bytes.getShort() & 0xffff;
        }
        return sum;
    }

    /** The checksum of the internet (RFC 1071), over what is left of the buffer and what has been added up before. */
    private static short sum(ByteBuffer bytes, long before) {
        long sum = before;
        while (bytes.hasRemaining()) {
            sum += bytes.remaining() > 1 ? bytes.getShort() & 0xffff : (bytes.get() & 0xff) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }

    /** Null where it is something else. Checksums are not looked at: the kernel leaves those of its own packets to the hardware. */
    static @Nullable Segment parse(Family family, byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        boolean ipv4 = family == Family.IPV4;
        int least = (ipv4 ? IPV4_HEADER : IPV6_HEADER) + TCP_HEADER;
        if (packet.length < least || packet[ipv4 ? 9 : 6] != TCP) {
            return null;
        }
        int header = ipv4 ? (packet[0] & 0xf) * 4 : IPV6_HEADER;
        int end = Math.min(packet.length, ipv4 ? bytes.getShort(2) & 0xffff : IPV6_HEADER + (bytes.getShort(4) & 0xffff));
        int data = header + ((packet[Math.min(header + 12, packet.length - 1)] >> 4) & 0xf) * 4;
        if (data > end) {
            return null;
        }
        return new Segment(new Endpoint(address(bytes, family, ipv4 ? 12 : 8), bytes.getShort(header) & 0xffff),
                new Endpoint(address(bytes, family, ipv4 ? 16 : 24), bytes.getShort(header + 2) & 0xffff), bytes.getInt(header + 4),
                bytes.getInt(header + 8), packet[header + 13], bytes.slice(data, end - data));
    }

    private static IpAddress address(ByteBuffer bytes, Family family, int at) {
        return family == Family.IPV4
                ? new IpAddress(family, 0, bytes.getInt(at) & 0xffff_ffffL)
                : new IpAddress(family, bytes.getLong(at), bytes.getLong(at + Long.BYTES));
    }
}
