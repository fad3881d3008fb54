package dev.sidecarinjector.webhook.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/** Sets Tomcat up for what an API server is: few clients that keep their connections. */
final class HttpsConnector {
    private static final String BUNDLE = "webhook";
    /** Milliseconds. Longer than the 90 s after which an API server closes an idle connection: so it never writes into a closing one. */
    private static final int KEEP_ALIVE = 120_000;
    /** Milliseconds for the next bytes of a request that has begun; an API server gives up after 30 s at most. */
    private static final int PATIENCE = 20_000;

    private HttpsConnector() {}

    static TomcatServletWebServerFactory factory(ServerOptions options, PlainPorts plain, ClientCheck clients, Drain drain) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(options.port());
        if (!options.host().isEmpty()) {
            factory.setAddress(address(options.host()));
        }
        factory.setSslBundles(new DefaultSslBundleRegistry(BUNDLE, clients.around(options.certificate().server())));
        factory.setSsl(ssl(clients));
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.addConnectorCustomizers(HttpsConnector::customize, drain::closes);
        plain.connectors().forEach(factory::addAdditionalConnectors);
        factory.addContextValves(plain.guard());
        factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(tersePages()));
        return factory;
    }

    private static Ssl ssl(ClientCheck clients) {
        Ssl ssl = Ssl.forBundle(BUNDLE);
        ssl.setClientAuth(clients.isOn() ? Ssl.ClientAuth.WANT : Ssl.ClientAuth.NONE);
        return ssl;
    }

    private static void customize(Connector connector) {
        // A path may carry values with %2F; it names no files here.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setExecutor(new VirtualThreadExecutor("admission-"));
            http.setMaxKeepAliveRequests(-1);
            http.setKeepAliveTimeout(KEEP_ALIVE);
            http.setConnectionTimeout(PATIENCE);
            // So that a client that sends somewhat too much reads the answer instead of a reset.
            http.setMaxSwallowSize(2 * RequestBody.LIMIT);
        }
    }

    /** Pages for requests that reach no servlet: the status and nothing about the server. */
    private static ErrorReportValve tersePages() {
        ErrorReportValve pages = new ErrorReportValve();
        pages.setShowReport(false);
        pages.setShowServerInfo(false);
        return pages;
    }

    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException _) {
            throw new IllegalArgumentException(
                    "--host " + host + ": not an address of this host; give an IP address, or leave it out to listen on all");
        }
    }
}
