package dev.sidecarinjector.webhook.server;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * The optional check that reviews come from the API server: TLS asks every client for a certificate of an authority, and reviews need one. Kubelets have
 * none and may still ask whether the server is ready.
 */
final class ClientCheck {
    private static final String WARM_UP = "X-Warm-Up";
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final @Nullable PemSslStoreBundle trusted;
    private final String ownSecret;

    /** @param authority in PEM format; null for no check */
    ClientCheck(@Nullable String authority) {
        this.trusted = authority == null ? null : trusted(authority);
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        this.ownSecret = HexFormat.of().formatHex(secret);
    }

    private static PemSslStoreBundle trusted(String authority) {
        try {
            return new PemSslStoreBundle(null, PemSslStore.of(PemContent.of(authority).getCertificates(), null));
        } catch (IllegalStateException e) {
            throw new StartException("--client-ca: no certificate in PEM format: " + e.getMessage(), e);
        }
    }

    boolean isOn() {
        return trusted != null;
    }

    /** What the server shows, with what it trusts. */
    SslBundle around(SslBundle server) {
        return trusted == null
                ? server
                : SslBundle.of(SslStoreBundle.of(server.getStores().getKeyStore(), server.getStores().getKeyStorePassword(),
                        trusted.getTrustStore()), server.getKey(), server.getOptions(), server.getProtocol());
    }

    /** Lets the program's own warm-up pass. */
    String ownHeader() {
        return WARM_UP + ": " + ownSecret + "\r\n";
    }

    void check(HttpServletRequest request) throws UnservedException {
        if (trusted == null || ownSecret.equals(request.getHeader(WARM_UP))) {
            return;
        }
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            throw UnservedException.clientUnknown("no client certificate: this server answers reviews of clients with a certificate of the "
                    + "authority in --client-ca only; give the API server one by its AdmissionConfiguration, or leave out --client-ca");
        }
    }
}
