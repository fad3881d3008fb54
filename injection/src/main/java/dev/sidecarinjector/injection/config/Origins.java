package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Origin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a message the pod's author wrote.
 *
 * @param source   the author's annotation; null where there is none
 * @param fields   the fields that came from it; null for all of them
 * @param metadata the keys of {@code proxyMetadata} that came from it
 */
record Origins(@Nullable Origin source, @Nullable Set<String> fields, Set<String> metadata) {
    static final Origins NONE = new Origins(null, Set.of(), Set.of());

    static Origins all(@Nullable Origin source) {
        return source == null ? NONE : new Origins(source, null, Set.of());
    }

    @Nullable
    Origin any() {
        return source != null && (fields == null || !fields.isEmpty() || !metadata.isEmpty()) ? source : null;
    }

    @Nullable
    Origin of(String field) {
        return source != null && (fields == null || fields.contains(field)) ? source : null;
    }

    /** Where the keys of a map field come from. */
    @Nullable
    Origin keys(String field) {
        return field.equals(ProxyConfig.METADATA) && !metadata.isEmpty() ? source : of(field);
    }

    @Nullable
    Origin ofKey(String field, String key) {
        return field.equals(ProxyConfig.METADATA) && metadata.contains(key) ? source : of(field);
    }
}
