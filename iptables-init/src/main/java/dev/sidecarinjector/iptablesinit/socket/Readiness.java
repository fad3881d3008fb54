package dev.sidecarinjector.iptablesinit.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Waits until one of several sockets has something to give, or somebody calls. */
public final class Readiness implements AutoCloseable {
    private static final short POLLIN = 1;
    private static final int SIZE = 8;

    private final List<NativeSocket> sockets;
    private final int bell;

    public Readiness(List<NativeSocket> sockets) throws SystemError {
        this.sockets = List.copyOf(sockets);
        bell = Libc.call("eventfd", 0, 0);
    }

    /** Those with a connection or a datagram; empty after {@link #wake()}. */
    public List<NativeSocket> await() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate((sockets.size() + 1L) * SIZE, SIZE);
            for (int i = 0; i <= sockets.size(); i++) {
                polled.set(JAVA_INT, (long) i * SIZE, i < sockets.size() ? sockets.get(i).descriptor() : bell);
                polled.set(JAVA_SHORT, (long) i * SIZE + 4, POLLIN);
            }
            Libc.call("poll", polled.address(), sockets.size() + 1L, -1);
            List<NativeSocket> ready = new ArrayList<>();
            if (polled.get(JAVA_SHORT, (long) sockets.size() * SIZE + 6) == 0) {
                for (int i = 0; i < sockets.size(); i++) {
                    if (polled.get(JAVA_SHORT, (long) i * SIZE + 6) != 0) {
                        ready.add(sockets.get(i));
                    }
                }
            }
            return ready;
        }
    }

    /** Ends the waiting, now and later. */
    public void wake() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
            Libc.call("write", bell, one.address(), one.byteSize());
        } catch (SystemError e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            Libc.call("close", bell);
        } catch (SystemError _) {
            // Closed all the same.
        }
    }
}
