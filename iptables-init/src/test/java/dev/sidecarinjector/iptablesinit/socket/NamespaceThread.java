package dev.sidecarinjector.iptablesinit.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of the calling thread, which threads that it starts share; other threads stay where they are. */
public final class NamespaceThread {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private NamespaceThread() {}

    /** Moves this thread to a new namespace with nothing in it; needs CAP_SYS_ADMIN. */
    public static void leave() throws SystemError {
        Libc.call("unshare", CLONE_NEWNET);
    }

    /** The kernel's number of this thread, by which other programs find its namespace. */
    public static String id() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
    }
}
