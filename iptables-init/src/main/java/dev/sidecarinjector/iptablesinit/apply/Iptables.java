package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the programs called iptables, with its companions that save and restore.
 *
 * @param program   for example {@code ip6tables-nft}
 * @param why       why this one, in one line
 * @param legacy    whether it is of the older kind, which takes a lock
 * @param variables that the programs need beside ours
 */
record Iptables(Family family, String program, String why, boolean legacy, Map<String, String> variables) {
    /** {@code iptables} or {@code ip6tables}. */
    static String prefix(Family family) {
        return family == Family.IPV4 ? "iptables" : "ip6tables";
    }

    static Result save(String program) {
        return run(List.of(program + "-save"), Map.of(), "");
    }

    Result save() {
        return save(program);
    }

    /** Adds to what is there; each table of the text is taken over at once. */
    Result restore(String text, CniMode mode) {
        return run(mode.command(legacy, command("--noflush")), variables, text);
    }

    /** Replaces the tables of the text, with everything in them. */
    Result replaceWhole(String text, CniMode mode) {
        return run(mode.command(legacy, command()), variables, text);
    }

    String restoreProgram() {
        return program + "-restore";
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>(3);
        command.add(restoreProgram());
        command.addAll(List.of(options));
        if (legacy) {
            // Without it the program waits for ever where somebody else holds the lock.
            command.add("--wait=30");
        }
        return command;
    }

    static Result run(List<String> command, Map<String, String> variables, String input) {
        try {
            return Child.run(command, variables, input);
        } catch (IOException e) {
            return new Result(127, "", String.valueOf(e.getMessage()));
        }
    }
}
