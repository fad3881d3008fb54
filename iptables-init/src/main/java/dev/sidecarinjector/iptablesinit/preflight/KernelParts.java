package dev.sidecarinjector.iptablesinit.preflight;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.text.NftText;
import dev.sidecarinjector.capture.text.RestoreText;
import dev.sidecarinjector.iptablesinit.apply.KernelProgram;
import dev.sidecarinjector.iptablesinit.preflight.Check.State;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.TextFiles;
import java.util.List;
import java.util.stream.Stream;

/** Tries each part of the kernel that rules need by loading one rule with it where it does no harm. */
final class KernelParts {
    private KernelParts() {}

    static Stream<Check> ofIptables(RuleSet rules, Family family, KernelProgram program, Scratch scratch) {
        return Feature.ofIptables(RestoreText.of(rules, family)).map(feature -> {
            String what = family.label() + " " + feature.what();
            return scratch.isOpen()
                    ? tried(what, feature, scratch.run(List.of(program.name() + "-restore"), feature.probe()))
                    : listed(what, feature, family);
        });
    }

    static Stream<Check> ofNftables(RuleSet rules, Scratch scratch) {
        return Feature.ofNftables(NftText.of(rules)).map(feature -> scratch.isOpen()
                ? tried(feature.what(), feature, scratch.run(List.of("nft", "-f", "-"), feature.probe()))
                : new Check(feature.what(), State.UNKNOWN, "no namespace can be made here to try it in", remedy(feature)));
    }

    private static Check tried(String what, Feature feature, Result result) {
        String words = result.err().strip().replaceAll("\\s*\\R\\s*", "; ");
        return Check.of(what, result.isGood(), result.isGood() ? "tried in a namespace of its own" : words, remedy(feature));
    }

    /** What is not in use yet may still be loaded when it is asked for. */
    private static Check listed(String what, Feature feature, Family family) {
        String file = "/proc/net/" + (family == Family.IPV4 ? "ip_" : "ip6_") + feature.list();
        boolean listed = TextFiles.readOrEmpty(file).lines().anyMatch(feature.entry()::equals);
        return new Check(what, listed ? State.PRESENT : State.UNKNOWN,
                listed ? file : "not in " + file + ", and no namespace can be made here to try it in", remedy(feature));
    }

    private static String remedy(Feature feature) {
        return "load the kernel module " + feature.module() + " on the node (modprobe " + feature.module() + ")";
    }
}
