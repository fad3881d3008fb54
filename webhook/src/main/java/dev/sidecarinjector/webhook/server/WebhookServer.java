package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.Engine;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import java.net.BindException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;

/** The running webhook: HTTPS in front of the engine. */
public final class WebhookServer implements AutoCloseable {
    private static final Map<String, Object> DEFAULTS = Map.of("logging.level.root", "warn", "logging.level.dev.sidecarinjector", "info",
            // Failures to start are reported once, by the caller.
            "logging.level.org.springframework.boot", "off", "logging.level.org.apache.catalina", "off",
            "logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%ex");

    private final ServerOptions options;
    private final Admissions admissions;
    private final ServletWebServerApplicationContext context;

    private WebhookServer(ServerOptions options, Admissions admissions, ServletWebServerApplicationContext context) {
        this.options = options;
        this.admissions = admissions;
        this.context = context;
    }

    /** Starts with a configuration; returns when the server is ready. */
    public static WebhookServer start(ServerOptions options, Injector injector, ClusterView cluster) {
        return start(options, injector::inject, cluster);
    }

    static WebhookServer start(ServerOptions options, Engine engine, ClusterView cluster) {
        Admissions admissions = new Admissions(engine, cluster);
        Readiness readiness = new Readiness();
        InjectionMetrics metrics = new InjectionMetrics();
        SpringApplication application = new SpringApplication(WebhookBeans.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setApplicationContextFactory(_ -> new ServletWebServerApplicationContext());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(DEFAULTS);
        application.addInitializers(fresh -> register(fresh.getBeanFactory(), options, admissions, readiness, metrics));
        ServletWebServerApplicationContext context = run(application, options);
        WebhookServer server = new WebhookServer(options, admissions, context);
        WarmUp.run(server.uri(), server.clientContext(), options.warmUp());
        metrics.begin();
        readiness.declare();
        return server;
    }

    private static ServletWebServerApplicationContext run(SpringApplication application, ServerOptions options) {
        try {
            return (ServletWebServerApplicationContext) application.run();
        } catch (ApplicationContextException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new StartException("cannot listen on " + (options.host().isEmpty() ? "port " : options.host() + ", port ")
                            + options.port() + ": " + cause.getMessage() + "; choose another --host or --port (0 takes a free one)", e);
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
        admissions.use(injector::inject, cluster);
    }

    /** The port that is listened on. */
    public int port() {
        return Objects.requireNonNull(context.getWebServer(), "the server was closed").getPort();
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

    /** Stops listening and ends what is under way. */
    @Override
    public void close() {
        context.close();
    }
}
