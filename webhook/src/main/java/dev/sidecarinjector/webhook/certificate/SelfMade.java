package dev.sidecarinjector.webhook.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
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
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes authorities, and certificates that they sign. The one place that knows Bouncy Castle. */
final class SelfMade {
    static final Duration VALIDITY = Duration.ofDays(365);
    /** Clocks of clients may be behind. */
    private static final Duration EARLIER = Duration.ofHours(1);
    private static final X500Name SERVER = new X500Name("CN=sidecar-injector");

    private SelfMade() {}

    /** An authority that can sign. */
    record Issuer(X509Certificate certificate, PrivateKey key) {
        @Override
        public String toString() {
            return "Issuer[" + TrustBundle.id(certificate) + "]";
        }
    }

    /** A certificate for these DNS names and IP addresses. Its authority's key is forgotten at once, so nothing else can ever be signed with it. */
    static ServingCertificate certificate(List<String> names) {
        Instant now = Instant.now();
        Issuer issuer = authority(now, VALIDITY);
        return leaf(issuer, names, now, VALIDITY, new TrustBundle(List.of(issuer.certificate())));
    }

    /** A new authority, under a name of its own: clients that trust several find the right one at once. */
    static Issuer authority(Instant now, Duration life) {
        try {
            KeyPair keys = keys();
            BigInteger serial = serial();
            X500Name name = new X500Name("CN=sidecar-injector authority " + serial.toString(36).substring(0, 8));
            X509v3CertificateBuilder builder = builder(name, name, serial, now, now.plus(life), keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(Extension.subjectKeyIdentifier, false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Issuer(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw unable(e);
        }
    }

    /**
     * A certificate that an authority signs. It ends with its authority at the latest.
     *
     * @param trusted what clients are told to trust
     */
    static ServingCertificate leaf(Issuer issuer, List<String> names, Instant now, Duration life, TrustBundle trusted) {
        try {
            KeyPair keys = keys();
            Instant end = now.plus(life);
            Instant last = issuer.certificate().getNotAfter().toInstant();
            X500Name authority = X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = builder(authority, SERVER, serial(), now, end.isBefore(last) ? end : last, keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.authorityKeyIdentifier, false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()))
                    .addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            return new ServingCertificate(TrustBundle.pem(sign(builder, issuer.key())), PrivateKeys.pem(keys.getPrivate()), trusted.pem());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw unable(e);
        }
    }

    /** P-256: known to every client, and a handshake with it costs a tenth of one with RSA. */
    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Of 127 bits, the highest one set. */
    private static BigInteger serial() {
        return new BigInteger(126, new SecureRandom()).setBit(126);
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, BigInteger serial, Instant now, Instant end,
            KeyPair keys) {
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(now.minus(EARLIER)), Date.from(end), subject, keys.getPublic());
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static X509Certificate sign(X509v3CertificateBuilder certificate, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static IllegalStateException unable(Exception e) {
        return new IllegalStateException("cannot make a certificate with this Java runtime: " + e.getMessage(), e);
    }
}
