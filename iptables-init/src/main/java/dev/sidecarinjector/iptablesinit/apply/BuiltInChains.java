package dev.sidecarinjector.iptablesinit.apply;

import java.util.Set;

/** Chains that the kernel itself makes. */
final class BuiltInChains {
    static final Set<String> NAMES = Set.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    private BuiltInChains() {}
}
