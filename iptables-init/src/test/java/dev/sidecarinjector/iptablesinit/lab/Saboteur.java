package dev.sidecarinjector.iptablesinit.lab;

import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stands between the program and the programs that it starts: notes every call, and fails or kills at a chosen one. */
public final class Saboteur {
    private static final List<String> PROGRAMS = List.of("iptables-nft-save", "iptables-nft-restore", "iptables-legacy-save",
            "iptables-legacy-restore", "ip6tables-nft-save", "ip6tables-nft-restore", "ip6tables-legacy-save", "ip6tables-legacy-restore",
            "nft", "ip", "ipset");

    /** When a call is disturbed. */
    public enum Moment {
        BEFORE, WITHIN, NEARLY_DONE, AFTER
    }

    private final Path folder;

    public Saboteur(Path folder) throws IOException {
        this.folder = folder;
        for (String program : PROGRAMS) {
            Path wrapper = Files.writeString(folder.resolve(program), wrapper(program));
            if (!wrapper.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + wrapper + " executable");
            }
        }
    }

    /** The parent of a call is the program under test. A restore that dies between two tables is one that got the first only, or all but the last. */
    private String wrapper(String program) {
        return """
                #!/bin/sh
                cd %1$s
                echo "%2$s $*" >> calls
                n=$(wc -l < calls)
                real=$(PATH=%3$s command -v %2$s)
                case "$(cat order)" in
                  "before $n") kill -9 $PPID; exit 1 ;;
                  "within $n") sed '/^COMMIT/q' | "$real" "$@"; kill -9 $PPID; exit 1 ;;
                  "nearly_done $n") tac | sed '1,/^[*]/d' | tac | "$real" "$@"; kill -9 $PPID; exit 1 ;;
                  "after $n") "$real" "$@"; kill -9 $PPID; exit 1 ;;
                  "fail %2$s") echo 'line 3 failed: No such file or directory.' >&2; exit 1 ;;
                esac
                exec "$real" "$@"
                """.formatted(folder, program, System.getenv("PATH"));
    }

    /** Runs the program to its end, in a process of its own. */
    public Child.Result run(SidecarPod pod, List<String> arguments) {
        return run(pod, "", arguments);
    }

    /** Kills the program at a call that it makes. */
    public Child.Result kill(SidecarPod pod, Moment moment, int call, List<String> arguments) {
        return run(pod, moment.name().toLowerCase(Locale.ROOT) + " " + call, arguments);
    }

    /** A program that fails whenever it is called. */
    public Child.Result fail(SidecarPod pod, String program, List<String> arguments) {
        return run(pod, "fail " + program, arguments);
    }

    /** The calls of the last run, in their order. */
    public List<String> calls() {
        try {
            return Files.readAllLines(folder.resolve("calls"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child.Result run(SidecarPod pod, String order, List<String> arguments) {
        try {
            Files.writeString(folder.resolve("order"), order);
            Files.writeString(folder.resolve("calls"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pod.process(Map.of("PATH", folder + ":" + System.getenv("PATH")), arguments);
    }
}
