package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.log.LogSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program iptables-init. */
public final class IptablesInit {
    /** The word by which the reference implementation's program knows the command; images are started with it. */
    static final String MAIN_COMMAND = "istio-iptables";

    private IptablesInit() {}

    public static void main(String[] args) {
        var _ = HeadStart.begin();
        // Ends without the JDK's own log entry about the exit, which would have to set up a log first; there is nothing to wait for.
        Runtime.getRuntime().halt(
                run(args, System.getenv(), new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err)));
    }

    /** Runs a command in this process; never ends it. The result is the exit status. */
    public static int run(String[] args, Map<String, String> variables, OutputStream out, OutputStream err) {
        World world = new World(variables, out, err);
        List<String> words = Arrays.asList(args);
        boolean named = args.length > 0 && args[0].equals(MAIN_COMMAND);
        try {
            if (args.length > 0 && Subcommand.named(args[0]) != null) {
                return new Subcommands(world).run(words).code();
            }
            return new SetUp(world).run(named ? words.subList(1, words.size()) : words).code();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fault(world, e);
            return ExitStatus.FAILED.code();
        }
    }

    private static void fault(World world, Throwable fault) {
        try {
            Log.open(LogSettings.DEFAULT, world.out(), world.err()).error("a fault of this program, please report it: " + fault);
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
        PrintStream err = new PrintStream(world.err(), true);
        fault.printStackTrace(err);
    }
}
