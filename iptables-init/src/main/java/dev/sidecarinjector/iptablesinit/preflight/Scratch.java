package dev.sidecarinjector.iptablesinit.preflight;

import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs in network namespaces that end with them, so that a trial leaves nothing where it was asked for. */
final class Scratch {
    /** The kernel's lock is for the rules of a namespace, of which nobody else sees these. */
    private static final Map<String, String> VARIABLES = Map.of("XTABLES_LOCKFILE", "/dev/null");

    private final List<String> enter;

    private Scratch(List<String> enter) {
        this.enter = enter;
    }

    /** By right, else by a user namespace of its own; without effect where neither is allowed. */
    static Scratch open() {
        for (List<String> enter : List.of(List.of("unshare", "-n", "--"), List.of("unshare", "-rn", "--"))) {
            Scratch scratch = new Scratch(enter);
            if (scratch.run(List.of("true"), "").isGood()) {
                return scratch;
            }
        }
        return new Scratch(List.of());
    }

    boolean isOpen() {
        return !enter.isEmpty();
    }

    Result run(List<String> command, String input) {
        List<String> words = new ArrayList<>(enter);
        words.addAll(command);
        try {
            return Child.run(words, VARIABLES, input);
        } catch (IOException e) {
            return new Result(127, "", String.valueOf(e.getMessage()));
        }
    }
}
