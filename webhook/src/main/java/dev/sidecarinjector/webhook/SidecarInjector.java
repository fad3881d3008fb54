package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.certificate.CertificateException;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.server.ServerOptions;
import dev.sidecarinjector.webhook.server.StartException;
import dev.sidecarinjector.webhook.server.WebhookServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The webhook as a program: reads its configuration, starts the server, and serves until it is stopped. */
@Command(name = "sidecar-injector", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, description = "Serves the admission webhook that injects the sidecar into pods. Without any option it serves the templates that ship, "
        + "with a certificate that it makes itself.", exitCodeListHeading = "%nExit status:%n", exitCodeList = {
                "0:stopped, or turned off by INJECT_ENABLED=false", "1:a configuration, certificate or port that cannot be used",
                "2:an argument that cannot be understood"})
public final class SidecarInjector implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Option(names = "--config-dir", paramLabel = "DIR", description = "Folder with the files config and values, and mesh where it differs from the default: "
            + "the keys of the injector's and the mesh's ConfigMap as a volume shows them.")
    private @Nullable Path configDir;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: all.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "15017", description = "Port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--revision", paramLabel = "NAME", defaultValue = "default", description = "Revision of the control plane that the injected proxies belong to. Default: ${DEFAULT-VALUE}.")
    private String revision = "default";

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Folder with tls.crt, tls.key and ca.crt in PEM format. When it has none of them, self-made ones are written there.")
    private @Nullable Path certDir;

    @Spec
    private @Nullable CommandSpec spec;

    /** The command with its options, as the reference page and the tests read it. */
    public static CommandLine commandLine() {
        return new CommandLine(new SidecarInjector()).setParameterExceptionHandler(SidecarInjector::explainUsage);
    }

    /** Runs until the process is stopped. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (port < 0 || port > 65_535) {
            throw new ParameterException(command, "Invalid value for option '--port': " + port + " is not between 0 and 65535");
        }
        Map<String, String> variables = System.getenv();
        if (!injectEnabled(variables)) {
            command.getErr().println("sidecar-injector: INJECT_ENABLED is false: nothing to serve");
            return 0;
        }
        try {
            serve(command, variables);
            return 0;
        } catch (ConfigurationException | CertificateException | StartException e) {
            command.getErr().println("sidecar-injector: " + e.getMessage());
            return 1;
        }
    }

    static boolean injectEnabled(Map<String, String> variables) {
        return !variables.getOrDefault("INJECT_ENABLED", "").equalsIgnoreCase("false");
    }

    private void serve(CommandLine command, Map<String, String> variables) throws InterruptedException {
        // Loading the library that makes certificates takes as long as parsing the templates. A folder is filled only by a start that succeeds.
        CompletableFuture<ServingCertificate> selfMade = certDir == null
                ? CompletableFuture.supplyAsync(ServingCertificate::selfMade)
                : null;
        Configuration configuration = ConfigurationFiles.load(configDir,
                Features.of(variables, revision, line -> command.getErr().println("sidecar-injector: " + line)));
        configuration.warnings().forEach(line -> command.getErr().println("sidecar-injector: " + line));
        ServingCertificate certificate = selfMade != null ? selfMade.join() : ServingCertificate.in(certDir);
        ServerOptions options = new ServerOptions(host, port, new ServedCertificate(certificate), WARM_UP);
        try (WebhookServer server = WebhookServer.start(options, new Injector(configuration), ClusterView.NONE)) {
            command.getOut().println("listening on " + server.uri());
            command.getOut().flush();
            // The server's own shutdown hook ends it; there is nothing else to wait for.
            new CountDownLatch(1).await();
        }
    }

    private static int explainUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("sidecar-injector: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Run sidecar-injector --help for all options.");
        return CommandLine.ExitCode.USAGE;
    }
}
