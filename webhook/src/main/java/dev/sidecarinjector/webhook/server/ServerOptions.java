package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to serve.
 *
 * @param host            address or name to listen on; empty for all
 * @param port            of admissions, over HTTPS; 0 for a free one
 * @param certificate     what the port shows
 * @param warmUp          the longest time to spend on warming up before the server says that it is ready; zero for none
 * @param monitoringPort  of readiness, liveness and metrics, over plain HTTP; 0 for a free one, -1 for none
 * @param debugPort       of {@code /debug}, on the loopback interface only; 0 for a free one, -1 for none
 * @param grace           how long to go on serving after readiness was withdrawn: what a cluster needs to learn of it
 * @param deadline        within which a request is answered; null for a share of what the API server allows
 */
public record ServerOptions(String host, int port, ServedCertificate certificate, Duration warmUp, int monitoringPort, int debugPort,
        Duration grace, @Nullable Duration deadline) {
    /** Seconds that kube-proxies need to learn that a pod is no longer to be sent connections, and then some. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    /** Admissions only. */
    public ServerOptions(String host, int port, ServedCertificate certificate, Duration warmUp) {
        this(host, port, certificate, warmUp, -1, -1, Duration.ZERO, null);
    }

    /** A free port of the loopback interface with a certificate of its own, and no warm-up. */
    public static ServerOptions loopback() {
        return new ServerOptions("127.0.0.1", 0, new ServedCertificate(ServingCertificate.selfMade()), Duration.ZERO);
    }

    /** The same with other ports for monitoring and debugging. */
    public ServerOptions withPorts(int monitoring, int debug) {
        return new ServerOptions(host, port, certificate, warmUp, monitoring, debug, grace, deadline);
    }

    /** The same with another time between unready and drained. */
    public ServerOptions withGrace(Duration longer) {
        return new ServerOptions(host, port, certificate, warmUp, monitoringPort, debugPort, longer, deadline);
    }

    /** The same with one deadline for every request. */
    public ServerOptions withDeadline(@Nullable Duration always) {
        return new ServerOptions(host, port, certificate, warmUp, monitoringPort, debugPort, grace, always);
    }

    /** The same for clients of these authorities only. */
    ServerOptions forClientsOf(TrustBundle authorities) {
        return new ServerOptions(host, port, new ServedCertificate(certificate.certificate(), authorities), warmUp, monitoringPort,
                debugPort,
                grace, deadline);
    }
}
