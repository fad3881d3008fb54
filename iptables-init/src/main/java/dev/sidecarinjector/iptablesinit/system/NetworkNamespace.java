package dev.sidecarinjector.iptablesinit.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose network this process sees (ADR 6). */
public final class NetworkNamespace {
    /** A setting of the machine as a whole, which the kernel shows in its first network namespace only. */
    private static final String OF_THE_FIRST = "/proc/sys/net/core/netdev_max_backlog";
    /** The kernel's fixed number of the first namespace for processes. */
    private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

    private NetworkNamespace() {}

    /** Whether rules made here would capture the traffic of the machine. */
    public static boolean isHosts() {
        return new File(OF_THE_FIRST).exists() || sharedWithTheMachinesInit();
    }

    /** Whether a file is the handle of another network namespace than this process's; not so where it is no such handle. */
    public static boolean isAnother(String file) {
        try {
            Path own = Path.of("/proc/self/ns/net");
            return Files.getAttribute(Path.of(file), "unix:dev").equals(Files.getAttribute(own, "unix:dev"))
                    && !Files.getAttribute(Path.of(file), "unix:ino").equals(Files.getAttribute(own, "unix:ino"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false;
        }
    }

    /** PID 1 says something about the machine only where it is the machine's; that of a container shares its network with us in any case. */
    private static boolean sharedWithTheMachinesInit() {
        return link("/proc/self/ns/pid").equals(FIRST_PID_NAMESPACE) && link("/proc/1/ns/net").equals(link("/proc/self/ns/net"));
    }

    /** The link's own text where it cannot be read: two different ones are never equal then. */
    private static String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException | UnsupportedOperationException _) {
            return path;
        }
    }
}
