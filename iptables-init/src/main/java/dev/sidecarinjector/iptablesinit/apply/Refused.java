package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.settings.Finding;

/** Something in the way of the rules that the user, or whoever runs the node, can do something about. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    public Refused(String what, String where, String remedy) {
        super(new Finding(what, where, remedy).text());
    }
}
