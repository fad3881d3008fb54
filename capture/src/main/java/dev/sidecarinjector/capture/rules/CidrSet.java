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
public record CidrSet(String name, Family family, List<Cidr> cidrs) {}
