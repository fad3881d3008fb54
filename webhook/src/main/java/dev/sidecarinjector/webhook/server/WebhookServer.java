package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.Engine;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.observe.InjectionMetrics;
import dev.sidecarinjector.webhook.observe.Logs;
import dev.sidecarinjector.webhook.observe.ProcessMetrics;
import dev.sidecarinjector.webhook.server.Readiness.Part;
import dev.sidecarinjector.webhook.server.Readiness.State;
import java.net.BindException;
import java.net.URI;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;

/** The running webhook: HTTPS in front of the engine. */
public final class WebhookServer implements AutoCloseable {
    private final ServerOptions options;
    private final Surroundings around;
    private final PlainPorts plain;
    private final ServletWebServerApplicationContext context;

    private WebhookServer(ServerOptions options, Surroundings around, PlainPorts plain, ServletWebServerApplicationContext context) {
        this.options = options;
        this.around = around;
        this.plain = plain;
        this.context = context;
    }

    /** Starts with a configuration; returns when the server is ready. */
    public static WebhookServer start(ServerOptions options, Injector injector, ClusterView cluster) {
        return start(options, injector::inject, cluster);
    }

    static WebhookServer start(ServerOptions options, Engine engine, ClusterView cluster) {
        return start(options, Surroundings.of(new Admissions(engine, cluster)));
    }

    /** Starts with what the rest of the program shares with it; returns when the server is warm. */
    public static WebhookServer start(ServerOptions options, Surroundings around) {
        Logs.ensureBegun();
        around.readiness().report(Part.WARM_UP, State.NOT_READY, "");
        InjectionMetrics metrics = new InjectionMetrics(around.registry(), around.revision());
        ProcessMetrics.register(around.registry(), around.revision());
        ClientCheck clients = new ClientCheck(options.certificate().asksClients());
        PlainPorts plain = new PlainPorts(options);
        SpringApplication application = new SpringApplication(WebhookBeans.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setApplicationContextFactory(_ -> new ServletWebServerApplicationContext());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        // The program ends its parts in their order; a second hook would end this one beside it.
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        // The log is set up already, before the first thing that could be worth a line.
        application
                .setListeners(application.getListeners().stream().filter(each -> !(each instanceof LoggingApplicationListener)).toList());
        application.addInitializers(fresh -> register(fresh.getBeanFactory(), options, around, metrics, clients, plain,
                new Drain(options.grace(), around.readiness(), metrics)));
        ServletWebServerApplicationContext context = run(application, options, plain);
        WebhookServer server = new WebhookServer(options, around, plain, context);
        WarmUp.run(server.uri(), server.clientContext(), clients.ownHeader(), options.warmUp());
        metrics.begin();
        around.readiness().report(Part.WARM_UP, State.OK, "");
        return server;
    }

    private static ServletWebServerApplicationContext run(SpringApplication application, ServerOptions options, PlainPorts plain) {
        try {
            return (ServletWebServerApplicationContext) application.run();
        } catch (ApplicationContextException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new StartException("cannot listen on " + plain.failed(options) + ": " + cause.getMessage()
                            + "; choose another (0 takes a free one)", e);
                }
            }
            throw e;
        }
    }

    private static void register(ConfigurableListableBeanFactory beans, Object... objects) {
        for (Object object : objects) {
            beans.registerSingleton(object.getClass().getSimpleName(), object);
        }
    }

    /** Exchanges the configuration and the view of the cluster; a review under way ends with what it began with. */
    public void use(Injector injector, ClusterView cluster) {
        around.admissions().use(injector::inject, cluster);
    }

    /** The port that is listened on. */
    public int port() {
        return Objects.requireNonNull(context.getWebServer(), "the server was closed").getPort();
    }

    /** The port of readiness and metrics that is listened on, or -1. */
    public int monitoringPort() {
        return plain.monitoringPort();
    }

    /** The port of {@code /debug} that is listened on, or -1. */
    public int debugPort() {
        return plain.debugPort();
    }

    /** Where reviews are posted to. */
    public URI uri() {
        String host = options.host().isEmpty() ? "127.0.0.1" : options.host();
        return URI.create("https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port() + "/inject");
    }

    /** What the port shows and what its clients trust. */
    public ServedCertificate certificate() {
        return options.certificate();
    }

    /** For clients of this server. */
    public SSLContext clientContext() {
        return options.certificate().certificate().clientContext();
    }

    /** Withdraws readiness, serves on for the time of grace, ends what is under way, and stops listening. */
    @Override
    public void close() {
        context.close();
    }
}
