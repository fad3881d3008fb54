package dev.sidecarinjector.sidecarctl;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program sidecarctl. */
@Command(name = "sidecarctl", description = "Works with injected sidecars from the command line.", mixinStandardHelpOptions = true, version = "sidecarctl ${sidecarctl.version:-development}", subcommands = KubeInjectCommand.class)
public final class SidecarCtl implements Runnable {
    private SidecarCtl() {}

    public static void main(String[] args) {
        int status = run(args, System.in, System.out, System.err, Environment.ofProcess());
        System.out.flush();
        System.exit(status);
    }

    /** Runs a command in this process, with the process's environment; never ends it. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, in, out, err, Environment.ofProcess());
    }

    /** The same in an environment of the caller's. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err, Environment environment) {
        CommandLine line = commandLine(new Console(in, out, err), environment);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return line.execute(args);
    }

    /** All commands and flags with their defaults and help, for documentation and tests. */
    public static CommandLine commandLine() {
        return commandLine(new Console(InputStream.nullInputStream(), System.out, System.err), Environment.ofProcess());
    }

    private static CommandLine commandLine(Console console, Environment environment) {
        CommandLine line = new CommandLine(new SidecarCtl(), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == KubeInjectCommand.class
                        ? type.cast(new KubeInjectCommand(console, environment))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        line.setOverwrittenOptionsAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler((problem, _) -> usage(problem, console));
        line.setExecutionExceptionHandler((problem, _, _) -> failed(problem, console));
        return line;
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new CommandFailure(ExitStatus.USAGE, "no command given (see sidecarctl --help)");
    }

    private static int usage(ParameterException problem, Console console) {
        console.error(problem.getMessage() + " (see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
        return ExitStatus.USAGE.code();
    }

    private static int failed(Exception problem, Console console) {
        if (problem instanceof CommandFailure failure) {
            if (failure.status() != ExitStatus.BROKEN_PIPE) {
                console.error(String.valueOf(failure.getMessage()));
            }
            return failure.status().code();
        }
        console.error("a fault of this program, please report it: " + problem);
        problem.printStackTrace(console.err());
        return ExitStatus.INTERNAL.code();
    }
}
