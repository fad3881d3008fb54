package dev.sidecarinjector.iptablesinit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands besides the main one, which the reference implementation does not have. Help, the reference page and the tests read this table. */
enum Subcommand {
    PLAN("plan",
            "Shows what a run with the same flags would change, and why. Changes nothing.",
            "0  nothing\n2  something\n1  it cannot be told",
            "-i '*' -b '*' -o 5432"), //
    VERIFY("verify",
            "Proves by real connections that what these settings ask for is captured, and that what they exclude is not. Changes no rule.",
            "0  all that could be checked holds\n126  something is not as it must be\n1  nothing could be checked",
            "-i '*' -b '*' -d 15090"), //
    STATUS("status",
            "Shows the rules of capture that are loaded, by whichever program, with how often each was hit; addresses and routes too.",
            "0  shown, also where nothing is loaded\n1  it cannot be told",
            "--output json"), //
    CLEANUP("cleanup",
            "Removes everything of capture, whichever program and flags made it, and says what that was.",
            "0  nothing is left\n1  something is left, or it cannot be told",
            ""), //
    PREFLIGHT("preflight",
            "Shows for each thing that these settings need whether it is there: rights, programs, the kernel's parts. Tries rules in a"
                    + " namespace made for that only.",
            "0  nothing is known to be missing\n1  something is missing",
            "-m TPROXY -b '*' --redirect-dns"), //
    EXPLAIN("explain",
            "Shows the rules of these settings as a table, each with its reason and the settings that asked for it. Looks at nothing that is loaded.",
            "0  shown\n1  the settings are wrong",
            "-i '*' -x 10.0.0.0/8 -b '*' -d 15090");

    private final String word;
    private final String summary;
    private final String statuses;
    private final String example;

    Subcommand(String word, String summary, String statuses, String example) {
        this.word = word;
        this.summary = summary;
        this.statuses = statuses;
        this.example = example;
    }

    /** Null for any other word, which then is the main command's. */
    static @Nullable Subcommand named(String word) {
        // Without a loop over all on the way of the main command, whose words begin with a dash or the reference's name.
        return switch (word) {
            case "plan" -> PLAN;
            case "verify" -> VERIFY;
            case "status" -> STATUS;
            case "cleanup" -> CLEANUP;
            case "preflight" -> PREFLIGHT;
            case "explain" -> EXPLAIN;
            default -> null;
        };
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    /** Each with the exit status first. */
    List<String> statuses() {
        return statuses.lines().toList();
    }

    /** A command line to try. */
    String example() {
        return ("iptables-init " + word + " " + example).strip();
    }
}
