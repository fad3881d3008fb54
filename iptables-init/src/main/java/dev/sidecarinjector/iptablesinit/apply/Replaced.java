package dev.sidecarinjector.iptablesinit.apply;

import java.util.Set;

/**
 * What a run has found of ours and changed.
 *
 * @param any   whether there was something; not so where it was as wanted, nor in a namespace that had none
 * @param marks of the TPROXY mode that was loaded, to which policy routing belongs
 */
public record Replaced(boolean any, Set<Long> marks) {
    static final Replaced NOTHING = new Replaced(false, Set.of());
    static final String ANEW = "The rules are loaded already; they are loaded once more, since --force-apply asks for it";
}
