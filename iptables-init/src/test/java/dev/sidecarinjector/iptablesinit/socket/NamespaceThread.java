package dev.sidecarinjector.iptablesinit.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of the calling thread, which threads that it starts share; other threads stay where they are. */
public final class NamespaceThread {
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int CLONE_NEWNET = 0x4000_0000;

    private NamespaceThread() {}

    /** Moves this thread to a new namespace with nothing in it; needs CAP_SYS_ADMIN. */
    public static void leave() throws SystemError {
        Libc.call("unshare", CLONE_NEWNET);
    }

    /** Moves this thread to a namespace that has a name for {@code ip netns}; needs CAP_SYS_ADMIN. */
    public static void enter(String name) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            int file = Libc.call("open", arena.allocateFrom("/run/netns/" + name).address(), O_CLOEXEC);
            try {
                Libc.call("setns", file, CLONE_NEWNET);
            } finally {
                Libc.call("close", file);
            }
        }
    }

    /** The kernel's number of this thread, by which other programs find its namespace. */
    public static String id() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
    }
}
