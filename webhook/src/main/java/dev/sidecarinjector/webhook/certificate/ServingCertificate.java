package dev.sidecarinjector.webhook.certificate;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
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
    private static final SslOptions PROTOCOLS = SslOptions.of(null, new String[]{"TLSv1.3", "TLSv1.2"});

    /** One that only this process knows, good for localhost, this host's name and the service's names. */
    public static ServingCertificate selfMade() {
        return SelfMade.certificate(ServerNames.all());
    }

    /**
     * The one in a folder with the files {@code tls.crt}, {@code tls.key} and {@code ca.crt}. A folder without any of them gets a self-made one.
     *
     * @throws CertificateException where the files cannot be read, do not belong together, or have expired
     */
    public static ServingCertificate in(@Nullable Path folder) {
        return folder == null ? selfMade() : new CertificateFolder(folder).certificate();
    }

    /** What the server shows: TLS 1.2 and 1.3 only. */
    public SslBundle server() {
        PemContent content = PemContent.of(chain);
        PemSslStore store = PemSslStore.of(content.getCertificates(), PemContent.of(key).getPrivateKey()).withAlias("webhook");
        return SslBundle.of(new PemSslStoreBundle(store, null), SslBundleKey.NONE, PROTOCOLS);
    }

    /** For clients that trust this certificate and no other. */
    public SSLContext clientContext() {
        PemSslStore trusted = PemSslStore.of(PemContent.of(authority.isEmpty() ? chain : authority).getCertificates(), null);
        return SslBundle.of(new PemSslStoreBundle(null, trusted)).createSslContext();
    }

    @Override
    public String toString() {
        return "ServingCertificate" + List.of(PemContent.of(chain).getCertificates().getFirst().getSubjectX500Principal());
    }
}
