package dev.sidecarinjector.webhook.certificate;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a port shows, exchanged while it serves. Each certificate has a TLS context of its own: a handshake takes certificate and key from
 * one context, so it never sees halves of two, and connections that stand keep theirs.
 */
public final class ServedCertificate {
    private final @Nullable TrustBundle clients;
    private volatile Shown shown;

    private record Shown(ServingCertificate certificate, SSLContext context) {}

    /** One that asks no client for a certificate. */
    public ServedCertificate(ServingCertificate first) {
        this(first, null);
    }

    /** One whose clients may show a certificate of these authorities; whether they must is the port's business. */
    public ServedCertificate(ServingCertificate first, @Nullable TrustBundle clients) {
        this.clients = clients;
        this.shown = new Shown(first, first.serverContext(clients));
    }

    /** Whether clients are asked for a certificate. */
    public boolean asksClients() {
        return clients != null;
    }

    /** For handshakes from now on. */
    public void show(ServingCertificate next) {
        if (!next.equals(shown.certificate)) {
            // Same certificate, other authorities: nothing of that is shown.
            boolean same = next.chain().equals(shown.certificate.chain()) && next.key().equals(shown.certificate.key());
            shown = new Shown(next, same ? shown.context : next.serverContext(clients));
        }
    }

    /** What is shown now. */
    public ServingCertificate certificate() {
        return shown.certificate;
    }

    /** For the next handshake. */
    public SSLContext context() {
        return shown.context;
    }
}
