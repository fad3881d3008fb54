package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import java.util.List;

/**
 * Prefixes that the kernel looks up at once.
 *
 * @param name  unique among the sets of a rule set
 * @param cidrs of one family, merged, sorted
 */
public record CidrSet(String name, Family family, List<Cidr> cidrs) {
    /** What the names of all our sets begin with. */
    public static final String PREFIX = "istio-";

    /** Whether a set of this name was made by us, of whatever list. */
    public static boolean isOurs(String name) {
        return name.matches(PREFIX + "[46]-[0-9a-f]{16}");
    }
}
