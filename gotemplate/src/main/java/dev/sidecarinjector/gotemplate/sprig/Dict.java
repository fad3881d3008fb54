package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.OriginText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that a template has made itself and may change ({@code set}); it remembers if one of its keys came from the input. */
final class Dict extends LinkedHashMap<String, @Nullable Object> implements OriginMap {
    private static final long serialVersionUID = 1L;
    private transient @Nullable Origin origin;

    Dict() {}

    Dict(Map<String, @Nullable Object> entries) {
        super(entries);
        touch(entries);
    }

    @Override
    public @Nullable Origin origin() {
        return origin;
    }

    /** Remembers where the keys of another map came from. */
    void touch(Map<?, ?> source) {
        if (source instanceof OriginMap map) {
            origin = Origin.join(origin, map.origin());
        }
    }

    /** Puts a value under a key that may come from the input. */
    void putFrom(CharSequence key, @Nullable Object value) {
        if (key instanceof OriginText text) {
            origin = Origin.join(origin, text.origin());
        }
        put(key.toString(), value);
    }
}
