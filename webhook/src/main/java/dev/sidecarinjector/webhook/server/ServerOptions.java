package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import java.time.Duration;

/**
 * How to serve.
 *
 * @param host        address or name to listen on; empty for all
 * @param port        0 for a free one
 * @param certificate what the port shows
 * @param warmUp      the longest time to spend on warming up before the server says that it is ready; zero for none
 */
public record ServerOptions(String host, int port, ServedCertificate certificate, Duration warmUp) {
    /** A free port of the loopback interface with a certificate of its own, and no warm-up. */
    public static ServerOptions loopback() {
        return new ServerOptions("127.0.0.1", 0, new ServedCertificate(ServingCertificate.selfMade()), Duration.ZERO);
    }
}
