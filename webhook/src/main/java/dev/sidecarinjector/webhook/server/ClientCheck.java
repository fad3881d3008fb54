package dev.sidecarinjector.webhook.server;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * The optional check that reviews come from the API server: TLS asks every client for a certificate of an authority, and reviews need one. Kubelets have
 * none and may still ask whether the server is ready.
 */
final class ClientCheck {
    private static final String WARM_UP = "X-Warm-Up";
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final boolean on;
    private final String ownSecret;

    ClientCheck(boolean on) {
        this.on = on;
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        this.ownSecret = HexFormat.of().formatHex(secret);
    }

    /** Lets the program's own warm-up pass. */
    String ownHeader() {
        return WARM_UP + ": " + ownSecret + "\r\n";
    }

    void check(HttpServletRequest request) throws UnservedException {
        if (!on || ownSecret.equals(request.getHeader(WARM_UP))) {
            return;
        }
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            throw UnservedException.clientUnknown("no client certificate: this server answers reviews of clients with a certificate of the "
                    + "authority in --client-ca only; give the API server one by its AdmissionConfiguration, or leave out --client-ca");
        }
    }
}
