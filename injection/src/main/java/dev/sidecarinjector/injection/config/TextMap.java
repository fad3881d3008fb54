package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@code map[string]string} for templates that knows where its keys come from. */
final class TextMap extends AbstractMap<String, @Nullable Object> implements StringMap, OriginMap {
    private final Map<String, @Nullable Object> entries = new TreeMap<>();
    private final @Nullable Origin keys;

    TextMap(@Nullable Origin keys) {
        this.keys = keys;
    }

    void add(String key, @Nullable Object value) {
        entries.put(key, value);
    }

    @Override
    public @Nullable Origin origin() {
        return keys;
    }

    @Override
    public @Nullable Object get(Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return Collections.unmodifiableMap(entries).entrySet();
    }
}
