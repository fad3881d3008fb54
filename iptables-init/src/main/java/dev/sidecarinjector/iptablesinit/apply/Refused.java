package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Finding;
import dev.sidecarinjector.iptablesinit.system.NetworkNamespace;

/** Something in the way of the rules that the user, or whoever runs the node, can do something about. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    public Refused(String what, String where, String remedy) {
        super(what);
        finding = new Finding(what, where, remedy);
    }

    /**
     * Nothing is done with the network of the machine itself unless the settings say that this is meant, nor with another than the one they name.
     *
     * @throws Refused where it is one of these
     */
    public static void inTheWrongNetwork(CaptureSettings settings) throws Refused {
        CniMode.checkNamespace(settings.work());
        if (!settings.work().allowHostNetwork() && NetworkNamespace.isHosts()) {
            throw new Refused("this is the network namespace of the machine, not of a pod", "network namespace",
                    "run it in a pod without hostNetwork; where the machine itself is the workload, give --allow-host-network");
        }
    }

    /** What, where, what to do, in one line. */
    public String text() {
        return finding.text();
    }
}
