package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The node's programs, started for a pod (spec section 5.4). Each sees mounts of its own: no name service of the node, which would be asked for every owner in a
 * rule, numbers too, and may take its time; and where iptables is of the older kind, the pod's lock in the place of the node's.
 */
final class CniMode {
    /** Of iptables, programs before 1.8.6 know the lock by its place, later ones by a variable. */
    private static final String MOUNTS = """
            [ ! -e /etc/nsswitch.conf ] || mount --bind /dev/null /etc/nsswitch.conf || exit 1
            lock=$1; shift
            [ -z "$lock" ] || { [ -e /run/xtables.lock ] || : >/run/xtables.lock; mount --bind "$lock" /run/xtables.lock; } || exit 1
            exec "$@"
            """;

    private final Log log;
    private final boolean isOn;
    private final String lock;
    /** Known once it was tried. */
    private boolean isTried;
    private boolean works;

    CniMode(Log log, Work work) {
        this.log = log;
        isOn = work.cniMode();
        lock = work.networkNamespace();
    }

    /**
     * The namespace is the caller's to choose: a name that is another's is a mistake, for which the wrong pod would pay.
     *
     * @throws Refused where the settings name another namespace than this one
     */
    static void checkNamespace(Work work) throws Refused {
        String name = work.networkNamespace();
        if (work.cniMode() && !name.isEmpty() && NetworkNamespace.isAnother(name)) {
            throw new Refused("this is not the network namespace " + name, "--network-namespace",
                    "enter it before: nsenter --net=" + name + " iptables-init …; for a pod with users of its own, its --user, too");
        }
    }

    /** The same command, with mounts of its own where that is asked for and possible. */
    List<String> command(boolean legacy, List<String> command) {
        if (!isOn || !works()) {
            return command;
        }
        List<String> words = new ArrayList<>(command.size() + 6);
        words.addAll(List.of("unshare", "-m", "sh", "-c", MOUNTS, "sh", legacy ? lock : ""));
        words.addAll(command);
        return words;
    }

    private boolean works() {
        if (!isTried) {
            isTried = true;
            Result result = Iptables.run(List.of("unshare", "-m", "sh", "-c", MOUNTS, "sh", lock, "true"), Map.of(), "");
            works = result.isGood();
            if (!works) {
                log.warn("programs see the mounts of the node, its name services and its lock: " + result.err().strip());
            }
        }
        return works;
    }
}
