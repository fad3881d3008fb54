package dev.sidecarinjector.sidecarctl;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import picocli.CommandLine;

/** The program sidecarctl. */
public final class SidecarCtl {
    private SidecarCtl() {}

    public static void main(String[] args) {
        int status = run(args, System.in, System.out, System.err, Environment.ofProcess());
        System.out.flush();
        System.exit(status);
    }

    /** Runs a command in this process, with the process's environment; never ends it. The result is the exit status. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, in, out, err, Environment.ofProcess());
    }

    /** The same in an environment of the caller's. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, Environment environment) {
        Console console = new Console(in, out, err);
        try {
            Arguments arguments = args.length > 0 && args[0].equals(KubeInject.NAME)
                    ? Arguments.plain(Arrays.asList(args).subList(1, args.length))
                    : null;
            ExitStatus status = arguments == null
                    ? Usage.run(args, console, environment)
                    : new KubeInject(arguments, console, environment).run();
            return status.code();
        } catch (CommandFailure e) {
            return failed(e, console).code();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            console.error("a fault of this program, please report it: " + e);
            e.printStackTrace(err);
            return ExitStatus.INTERNAL.code();
        }
    }

    private static ExitStatus failed(CommandFailure failure, Console console) {
        if (failure.status() != ExitStatus.BROKEN_PIPE) {
            console.error(failure.getMessage());
        }
        return failure.status();
    }

    /** All commands and flags with their defaults and help, for documentation and tests. */
    public static CommandLine commandLine() {
        return Usage.commandLine();
    }
}
