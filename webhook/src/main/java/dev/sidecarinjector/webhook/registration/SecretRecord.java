package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.Keyring;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret with the certificates, as it was read.
 *
 * @param version its resourceVersion; empty where there is none, or where the certificates are in files
 * @param ours    whether we make the certificates; one that somebody else fills is served, and never written
 * @param read    the object itself, for what others keep in it
 */
record SecretRecord(String version, Keyring keyring, boolean ours, @Nullable Secret read) {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String US = "sidecar-injector";

    static SecretRecord of(@Nullable Secret secret) {
        if (secret == null) {
            return new SecretRecord("", Keyring.EMPTY, true, null);
        }
        Map<String, String> data = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData().forEach((key, value) -> data.put(key, decoded(value)));
        }
        Map<String, String> labels = secret.getMetadata().getLabels();
        boolean empty = data.getOrDefault("tls.crt", "").isEmpty() && data.getOrDefault("tls.key", "").isEmpty();
        boolean ours = empty || data.containsKey("ca.key") || (labels != null && US.equals(labels.get(MANAGED_BY)));
        return new SecretRecord(secret.getMetadata().getResourceVersion(), Keyring.of(data), ours, secret);
    }

    static SecretRecord given(TrustBundle bundle) {
        return new SecretRecord("", new Keyring(bundle, null, null), false, null);
    }

    /** For a write that fails when somebody wrote in between: a create where there was none, else an update of that version. */
    Secret holding(String namespace, String name, Keyring next) {
        Map<String, String> encoded = new HashMap<>();
        next.data()
                .forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII))));
        SecretBuilder secret = read != null
                ? read.edit()
                : new SecretBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata().withType("kubernetes.io/tls");
        return secret.editMetadata().addToLabels(MANAGED_BY, US).endMetadata().addToData(encoded).build();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }
}
