package dev.sidecarinjector.webhook.certificate;

import dev.sidecarinjector.webhook.certificate.CertificateState.Authority;
import dev.sidecarinjector.webhook.certificate.CertificateState.Leaf;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Secret holds: the keys {@code tls.crt}, {@code tls.key}, {@code ca.crt} (all authorities that clients trust, the newest first) and
 * {@code ca.key} (of the newest).
 *
 * @param serving what is served; null where there is nothing that can be
 * @param key     of the newest authority; null where it is not there or another one's
 */
public record Keyring(TrustBundle bundle, @Nullable PrivateKey key, @Nullable ServingCertificate serving) {
    public static final Keyring EMPTY = new Keyring(TrustBundle.NONE, null, null);

    /** From the Secret's data, decoded. What cannot be used counts as missing. */
    public static Keyring of(Map<String, String> data) {
        TrustBundle bundle = TrustBundle.of(data.getOrDefault("ca.crt", ""));
        PrivateKey key = PrivateKeys.in(data.getOrDefault("ca.key", ""));
        if (key != null && (bundle.isEmpty() || !PrivateKeys.belongTogether(bundle.authorities().getFirst().getPublicKey(), key))) {
            key = null;
        }
        ServingCertificate serving = new ServingCertificate(data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", ""),
                bundle.pem());
        return new Keyring(bundle, key, serving.fault() == null ? serving : null);
    }

    /** For the Secret. */
    public Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("tls.crt", serving == null ? "" : serving.chain());
        data.put("tls.key", serving == null ? "" : serving.key());
        data.put("ca.crt", bundle.pem());
        data.put("ca.key", key == null ? "" : PrivateKeys.pem(key));
        return data;
    }

    /** What the roll-over decides on. */
    public CertificateState state(Collection<String> names) {
        List<Authority> authorities = bundle.authorities().stream()
                .map(one -> new Authority(TrustBundle.id(one), one.getNotAfter().toInstant())).toList();
        return new CertificateState(authorities, key != null, serving == null ? null : leaf(serving, names));
    }

    private Leaf leaf(ServingCertificate of, Collection<String> names) {
        X509Certificate certificate = of.certificates().getFirst();
        String issuer = bundle.authorities().stream().filter(one -> new TrustBundle(List.of(one)).trusts(of.certificates()))
                .map(TrustBundle::id).findFirst().orElse("");
        return new Leaf(TrustBundle.id(certificate), issuer, certificate.getNotAfter().toInstant(), names(certificate).containsAll(names));
    }

    /** After a step. */
    public Keyring after(Step step, Collection<String> names, Instant now, Lives lives) {
        return switch (step) {
            case Step.Wait _ -> this;
            case Step.NewAuthority _ -> {
                SelfMade.Issuer made = SelfMade.authority(now, lives.authority());
                TrustBundle both = new TrustBundle(List.of(made.certificate())).and(bundle);
                yield new Keyring(both, made.key(), serving == null ? null : serving.with(both));
            }
            case Step.NewLeaf _ -> {
                SelfMade.Issuer issuer = new SelfMade.Issuer(bundle.authorities().getFirst(), Objects.requireNonNull(key));
                yield new Keyring(bundle, key, SelfMade.leaf(issuer, List.copyOf(names), now, lives.leaf(), bundle));
            }
            case Step.Forget(Set<String> ids) -> {
                List<X509Certificate> left = new ArrayList<>(bundle.authorities());
                left.removeIf(one -> ids.contains(TrustBundle.id(one)));
                TrustBundle rest = new TrustBundle(List.copyOf(left));
                yield new Keyring(rest, key, serving == null ? null : serving.with(rest));
            }
        };
    }

    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(one -> names.add(String.valueOf(one.get(1))));
            }
        } catch (CertificateParsingException _) {
            // One that names nobody.
        }
        return names;
    }

    @Override
    public String toString() {
        return "Keyring[" + bundle.authorities().stream().map(TrustBundle::id).toList() + ", " + serving + "]";
    }
}
