package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Family;
import java.util.List;
import java.util.Set;

/**
 * One rule.
 *
 * @param families in whose tables it stands; both where it holds nothing of one family
 * @param insertAt position from 1 at the time it is added; 0 for the end of the chain
 * @param matches  in the order in which iptables shows them
 */
public record Rule(Set<Family> families, Table table, Chain chain, int insertAt, List<Match> matches, Target target, Why why) {
    public boolean isIn(Family family) {
        return families.contains(family);
    }
}
