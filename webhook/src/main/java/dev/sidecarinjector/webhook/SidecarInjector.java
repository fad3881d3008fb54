package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.webhook.certificate.CertificateException;
import dev.sidecarinjector.webhook.server.Carriers;
import dev.sidecarinjector.webhook.server.StartException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The webhook as a program: understands its arguments, starts, and serves until it is stopped. */
@Command(name = "sidecar-injector", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, description = "Serves the admission webhook that injects the sidecar into pods. Without any option it serves the templates that ship, "
        + "with a certificate that it makes itself.", exitCodeListHeading = "%nExit status:%n", exitCodeList = {
                "0:turned off by INJECT_ENABLED=false", "1:a configuration, certificate or port that cannot be used",
                "2:an argument that cannot be understood", "143:stopped by SIGTERM, after every review under way was answered"})
public final class SidecarInjector implements Callable<Integer> {
    @Mixin
    private final Settings settings = new Settings();

    @Spec
    private @Nullable CommandSpec spec;

    /** The command with its options, as the reference page and the tests read it. */
    public static CommandLine commandLine() {
        return new CommandLine(new SidecarInjector()).setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(SidecarInjector::explainUsage);
    }

    /** Runs until the process is stopped. */
    public static void main(String[] args) {
        prepare();
        System.exit(commandLine().execute(args));
    }

    /** What the JDK reads once. */
    public static void prepare() {
        Carriers.choose();
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        settings.check();
        Map<String, String> variables = System.getenv();
        if (!injectEnabled(variables)) {
            command.getErr().println("sidecar-injector: INJECT_ENABLED is false: nothing to serve");
            return 0;
        }
        Program program = new Program(settings, variables);
        Thread end = Thread.ofPlatform().name("end").unstarted(program::close);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            command.getOut().println("listening on " + program.start().uri());
            command.getOut().flush();
            // The shutdown hook ends the program; there is nothing else to wait for.
            new CountDownLatch(1).await();
            return 0;
        } catch (ConfigurationException | CertificateException | StartException e) {
            command.getErr().println("sidecar-injector: " + e.getMessage());
            program.close();
            Runtime.getRuntime().removeShutdownHook(end);
            return 1;
        }
    }

    static boolean injectEnabled(Map<String, String> variables) {
        return !variables.getOrDefault("INJECT_ENABLED", "").equalsIgnoreCase("false");
    }

    private static int explainUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("sidecar-injector: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Run sidecar-injector --help for all options.");
        return CommandLine.ExitCode.USAGE;
    }
}
