package dev.sidecarinjector.webhook.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.pem.PemContent;

/** Authorities that a client trusts: what {@code ca.crt} and {@code caBundle} hold. */
public record TrustBundle(List<X509Certificate> authorities) {
    public static final TrustBundle NONE = new TrustBundle(List.of());
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[]{'\n'});

    /** From texts in PEM format, as an API server reads a caBundle: what is no certificate counts as none. */
    public static TrustBundle of(String pem) {
        if (pem.isBlank()) {
            return NONE;
        }
        try {
            return new TrustBundle(PemContent.of(pem).getCertificates());
        } catch (IllegalStateException | IllegalArgumentException _) {
            return NONE;
        }
    }

    /**
     * The authorities in a file's text, of which there must be some.
     *
     * @param where names the file
     * @throws CertificateException where there are none
     */
    public static TrustBundle required(String pem, String where) {
        TrustBundle found = of(pem);
        if (found.isEmpty()) {
            throw new CertificateException(where + ": no certificate in PEM format");
        }
        return found;
    }

    /** These and those, each once. */
    public TrustBundle and(TrustBundle others) {
        Map<String, X509Certificate> all = new LinkedHashMap<>();
        authorities.forEach(one -> all.put(id(one), one));
        others.authorities.forEach(one -> all.putIfAbsent(id(one), one));
        return new TrustBundle(List.copyOf(all.values()));
    }

    /** In PEM format, the same bytes for the same certificates. */
    public String pem() {
        return authorities.stream().map(TrustBundle::pem).collect(Collectors.joining());
    }

    public boolean isEmpty() {
        return authorities.isEmpty();
    }

    /** Whether all of those are among these. */
    public boolean holds(TrustBundle others) {
        return authorities.containsAll(others.authorities);
    }

    /**
     * Whether a chain leads to one of these. Lives are looked at apart from this: an expired certificate is the wrong one for another reason.
     *
     * @param chain the certificate first
     */
    public boolean trusts(List<X509Certificate> chain) {
        if (isEmpty() || chain.isEmpty()) {
            return false;
        }
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate one : chain) {
            if (authorities.contains(one)) {
                break;
            }
            path.add(one);
        }
        return path.isEmpty() || leads(path);
    }

    private boolean leads(List<X509Certificate> path) {
        try {
            PKIXParameters parameters = new PKIXParameters(
                    authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            // A moment at which all of them are good, if there is one.
            parameters.setDate(path.stream().map(X509Certificate::getNotBefore).max(Date::compareTo).orElseThrow());
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** Names a certificate, in log lines and in comparisons: the beginning of its SHA-256. */
    public static String id(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encode a certificate that was read", e);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot encode a certificate that was read", e);
        }
    }
}
