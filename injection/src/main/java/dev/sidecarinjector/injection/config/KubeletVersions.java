package dev.sidecarinjector.injection.config;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kubelet versions by node name that don't change, with the answer to the one question about all of them worked out once: a cluster may have
 * thousands of nodes, and every pod asks.
 */
public final class KubeletVersions extends AbstractMap<String, String> {
    private final Map<String, String> versions;
    private final boolean allRecent;

    public KubeletVersions(Map<String, String> versions) {
        this.versions = Map.copyOf(versions);
        this.allRecent = NativeSidecars.allRecent(this.versions);
    }

    boolean allRecent() {
        return allRecent;
    }

    @Override
    public @Nullable String get(@Nullable Object node) {
        return node == null ? null : versions.get(node);
    }

    @Override
    public boolean containsKey(@Nullable Object node) {
        return node != null && versions.containsKey(node);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return versions.entrySet();
    }
}
