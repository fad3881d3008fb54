package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.settings.Finding;

/** Something in the way of the rules that the user, or whoever runs the node, can do something about. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    public Refused(String what, String where, String remedy) {
        super(what);
        finding = new Finding(what, where, remedy);
    }

    /** What, where, what to do, in one line. */
    public String text() {
        return finding.text();
    }
}
