package dev.sidecarinjector.webhook.server;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/** The ports without TLS: monitoring, for kubelets and Prometheus, and debugging, for people on this host. */
final class PlainPorts {
    /** Milliseconds for the next bytes of a request. */
    private static final int PATIENCE = 10_000;
    /** So that whoever opens connections without end takes none of the admissions' memory. */
    private static final int CONNECTIONS = 256;

    private final @Nullable Connector monitoring;
    private final @Nullable Connector debug;

    PlainPorts(ServerOptions options) {
        this.monitoring = options.monitoringPort() < 0
                ? null
                : connector(options.monitoringPort(), options.host().isEmpty() ? null : HttpsConnector.address(options.host()));
        this.debug = options.debugPort() < 0 ? null : connector(options.debugPort(), InetAddress.getLoopbackAddress());
    }

    private static Connector connector(int port, @Nullable InetAddress address) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            if (address != null) {
                http.setAddress(address);
            }
            http.setExecutor(new VirtualThreadExecutor("status-"));
            http.setConnectionTimeout(PATIENCE);
            http.setMaxConnections(CONNECTIONS);
        }
        return connector;
    }

    List<Connector> connectors() {
        return Stream.of(monitoring, debug).<Connector>mapMulti((connector, list) -> {
            if (connector != null) {
                list.accept(connector);
            }
        }).toList();
    }

    PortGuard guard() {
        return new PortGuard(debug);
    }

    /** The option whose port could not be had, with its value: the only one that started badly. */
    String failed(ServerOptions options) {
        if (hasFailed(monitoring)) {
            return "--monitoring-port " + options.monitoringPort();
        }
        return hasFailed(debug)
                ? "--debug-port " + options.debugPort()
                : (options.host().isEmpty() ? "" : "--host " + options.host() + ", ") + "--port " + options.port();
    }

    private static boolean hasFailed(@Nullable Connector connector) {
        return connector != null && connector.getState() == LifecycleState.FAILED;
    }

    /** The port that is listened on, or -1. */
    int monitoringPort() {
        return monitoring == null ? -1 : monitoring.getLocalPort();
    }

    /** The port that is listened on, or -1. */
    int debugPort() {
        return debug == null ? -1 : debug.getLocalPort();
    }
}
