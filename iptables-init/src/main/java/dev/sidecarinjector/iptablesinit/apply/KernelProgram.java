package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.iptablesinit.system.SearchPath;

/**
 * The iptables that a run would use for a family.
 *
 * @param name   for example {@code ip6tables-nft}
 * @param why    why this one, in one line
 * @param legacy whether it is of the older kind
 */
public record KernelProgram(String name, String why, boolean legacy) {
    /**
     * Nothing is written to choose.
     *
     * @throws Refused where none can be used, with the reason
     */
    public static KernelProgram choose(SearchPath path, Work work, Family family) throws Refused {
        Iptables iptables = Lookout.look(new Dumps(), path, work, family).iptables();
        return new KernelProgram(iptables.program(), iptables.why(), iptables.legacy());
    }
}
