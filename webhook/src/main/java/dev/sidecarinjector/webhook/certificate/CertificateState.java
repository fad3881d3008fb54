package dev.sidecarinjector.webhook.certificate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Secret holds, without its keys.
 *
 * @param authorities the bundle, the newest first
 * @param signs       whether the key of the newest is there
 * @param leaf        the served certificate, if a usable one is there
 */
public record CertificateState(List<Authority> authorities, boolean signs, @Nullable Leaf leaf) {
    /** Where there is no Secret, or an empty one. */
    public static final CertificateState NONE = new CertificateState(List.of(), false, null);

    /** Who signs. */
    public record Authority(String id, Instant end) {}

    /**
     * What is served.
     *
     * @param issuer the authority's id
     * @param fits   whether it is good for all names that are wanted
     */
    public record Leaf(String id, String issuer, Instant end, boolean fits) {}

    /** The one that signs from now on. */
    public @Nullable Authority newest() {
        return authorities.isEmpty() ? null : authorities.getFirst();
    }
}
