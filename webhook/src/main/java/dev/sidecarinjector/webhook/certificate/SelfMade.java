package dev.sidecarinjector.webhook.certificate;

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
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a certificate and the authority that signs it; the authority's key is forgotten at once, so nothing else can ever be signed with it. */
final class SelfMade {
    static final Duration VALIDITY = Duration.ofDays(365);
    /** Clocks of clients may be behind. */
    private static final Duration EARLIER = Duration.ofHours(1);
    private static final X500Name AUTHORITY = new X500Name("CN=sidecar-injector self-made authority");
    private static final X500Name SERVER = new X500Name("CN=sidecar-injector");

    private SelfMade() {}

    /** A certificate for these DNS names and IP addresses. */
    static ServingCertificate certificate(List<String> names) {
        try {
            KeyPair authorityKeys = keys();
            KeyPair serverKeys = keys();
            X509CertificateHolder authority = sign(
                    builder(AUTHORITY, authorityKeys).addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                    authorityKeys);
            X509CertificateHolder server = sign(
                    builder(SERVER, serverKeys).addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                            .addExtension(Extension.subjectAlternativeName, false, alternatives(names)),
                    authorityKeys);
            PKCS8Generator key = new JcaPKCS8Generator(serverKeys.getPrivate(), null);
            return new ServingCertificate(pem(server), pem(key), pem(authority));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate with this Java runtime: " + e.getMessage(), e);
        }
    }

    /** P-256: known to every client, and a handshake with it costs a tenth of one with RSA. */
    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(AUTHORITY, new BigInteger(127, new SecureRandom()), Date.from(now.minus(EARLIER)),
                Date.from(now.plus(VALIDITY)), subject, keys.getPublic());
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder certificate, KeyPair authority) throws OperatorCreationException {
        return certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
