package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;

/** Sets Tomcat up for what an API server is: few clients that keep their connections. */
final class HttpsConnector {
    /** Milliseconds. Longer than the 90 s after which an API server closes an idle connection: so it never writes into a closing one. */
    private static final int KEEP_ALIVE = 120_000;
    /** Milliseconds for the next bytes of a request that has begun; an API server gives up after 30 s at most. */
    private static final int PATIENCE = 20_000;

    private HttpsConnector() {}

    static TomcatServletWebServerFactory factory(ServerOptions options, PlainPorts plain, Drain drain) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(options.port());
        if (!options.host().isEmpty()) {
            factory.setAddress(address(options.host()));
        }
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.addConnectorCustomizers(connector -> secure(connector, options.certificate()), HttpsConnector::customize, drain::closes);
        plain.connectors().forEach(factory::addAdditionalConnectors);
        factory.addContextValves(plain.guard());
        factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(tersePages()));
        return factory;
    }

    private static void secure(Connector connector, ServedCertificate certificate) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("+TLSv1.3+TLSv1.2");
        if (certificate.asksClients()) {
            host.setCertificateVerification("optional");
        }
        SSLHostConfigCertificate shown = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        shown.setSslContext(new CurrentCertificate(certificate));
        host.addCertificate(shown);
        connector.setSecure(true);
        connector.setScheme("https");
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setSSLEnabled(true);
            http.addSslHostConfig(host);
        }
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
