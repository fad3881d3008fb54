package dev.sidecarinjector.e2e;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority as a company has one: signs certificates of webhooks. */
final class Authority {
    private final X500Name name = new X500Name("CN=e2e authority " + Instant.now());
    private final KeyPair keys = keys();
    private final String certificate;

    Authority() {
        try {
            certificate = sign(name, keys, new Extension(Extension.basicConstraints, true, new BasicConstraints(true).getEncoded()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PEM. */
    String certificate() {
        return certificate;
    }

    /** The files of a Secret with a certificate for some names: {@code tls.crt}, {@code tls.key}, {@code ca.crt}. */
    Map<String, String> issue(String... names) {
        try {
            KeyPair server = keys();
            GeneralNames alternatives = new GeneralNames(
                    Arrays.stream(names).map(dns -> new GeneralName(GeneralName.dNSName, dns)).toArray(GeneralName[]::new));
            String leaf = sign(new X500Name("CN=webhook"), server,
                    new Extension(Extension.subjectAlternativeName, false, alternatives.getEncoded()));
            return Map.of("tls.crt", leaf, "tls.key", pem(new JcaPKCS8Generator(server.getPrivate(), null)), "ca.crt", certificate);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(X500Name subject, KeyPair of, Extension extension) {
        try {
            Instant now = Instant.now();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(Duration.ofDays(2))), subject, of.getPublic());
            return pem(builder.addExtension(extension).build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
