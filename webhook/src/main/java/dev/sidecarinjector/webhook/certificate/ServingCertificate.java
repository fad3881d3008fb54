package dev.sidecarinjector.webhook.certificate;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * A server's certificate, as PEM texts.
 *
 * @param chain     the certificate and what leads to its authority
 * @param key       the private key, PKCS#8 or the older forms
 * @param authority what clients trust; empty where a given folder does not say
 */
public record ServingCertificate(String chain, String key, String authority) {
    /** One that only this process knows, good for localhost, this host's name and the names of the service as it is usually installed. */
    public static ServingCertificate selfMade() {
        return selfMade("sidecar-injector", "istio-system");
    }

    /** The same for a service of another name or namespace. */
    public static ServingCertificate selfMade(String service, String namespace) {
        return SelfMade.certificate(ServerNames.all(service, namespace));
    }

    /**
     * The one in a folder with the files {@code tls.crt}, {@code tls.key} and {@code ca.crt}. A folder without any of them gets a self-made one.
     *
     * @throws CertificateException where the files cannot be read, do not belong together, or have expired
     */
    public static ServingCertificate in(@Nullable Path folder) {
        return folder == null ? selfMade() : new CertificateFolder(folder).certificate();
    }

    /** The chain, the server's own first. */
    public List<X509Certificate> certificates() {
        return PemContent.of(chain).getCertificates();
    }

    /** When it expires. */
    public Instant end() {
        return certificates().getFirst().getNotAfter().toInstant();
    }

    /** What clients trust. Where nothing says so, the certificate itself. */
    public TrustBundle trusted() {
        return TrustBundle.of(authority.isEmpty() ? chain : authority);
    }

    ServingCertificate with(TrustBundle bundle) {
        return new ServingCertificate(chain, key, bundle.pem());
    }

    /** Why it cannot be served, or null. Expired ones can: their clients refuse them by themselves, and with a better message. */
    @Nullable
    String fault() {
        List<X509Certificate> parsed = TrustBundle.of(chain).authorities();
        PrivateKey secret = PrivateKeys.in(key);
        if (parsed.isEmpty()) {
            return "tls.crt holds no certificate in PEM format";
        }
        if (secret == null) {
            return "tls.key holds no private key in PEM format";
        }
        return PrivateKeys.belongTogether(parsed.getFirst().getPublicKey(), secret)
                ? null
                : "tls.key is not the private key of the certificate in tls.crt";
    }

    /** For servers that show it. */
    SSLContext serverContext(@Nullable TrustBundle clients) {
        PemSslStore store = PemSslStore.of(certificates(), PemContent.of(key).getPrivateKey()).withAlias("webhook");
        PemSslStore trusted = clients == null ? null : PemSslStore.of(clients.authorities(), null);
        return SslBundle.of(new PemSslStoreBundle(store, trusted)).createSslContext();
    }

    /** For clients that trust this certificate and no other. */
    public SSLContext clientContext() {
        PemSslStore trusted = PemSslStore.of(trusted().authorities(), null);
        return SslBundle.of(new PemSslStoreBundle(null, trusted)).createSslContext();
    }

    @Override
    public String toString() {
        X509Certificate certificate = certificates().getFirst();
        return "ServingCertificate[" + TrustBundle.id(certificate) + ", " + certificate.getSubjectX500Principal() + ", until " + end()
                + "]";
    }
}
