package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;

/** Gives Tomcat, for each connection, the certificate that is shown at that moment. So nothing is reloaded, and the port never closes. */
final class CurrentCertificate implements SSLContext {
    private final ServedCertificate served;

    CurrentCertificate(ServedCertificate served) {
        this.served = served;
    }

    @Override
    public SSLEngine createSSLEngine() {
        return served.context().createSSLEngine();
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        // It comes with its own.
    }

    @Override
    public void destroy() {
        // It holds nothing.
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return served.context().getServerSessionContext();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return served.context().getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return served.context().getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return served.certificate().certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
