package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A map of a pod whose values are strings; it costs nothing before it is read. */
final class StringMapView extends AbstractMap<String, @Nullable Object> implements StringMap, OriginMap {
    private final Field field;
    private final JsonNode map;
    private final String place;

    StringMapView(Field field, JsonNode map, String place) {
        this.field = field;
        this.map = map;
        this.place = place;
    }

    @Override
    public Origin origin() {
        return new Origin(switch (field.name()) {
            case "annotations" -> "the name of an annotation";
            case "labels" -> "the name of a label";
            default -> "a key of " + StructView.within(place, field);
        });
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && map.has(key.toString());
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        JsonNode value = key == null ? null : map.get(key.toString());
        return value == null || key == null ? null : text(key.toString(), value);
    }

    private OriginText text(String key, JsonNode value) {
        String where = switch (field.name()) {
            case "annotations" -> "annotation \"" + key + "\"";
            case "labels" -> "label \"" + key + "\"";
            default -> StructView.within(place, field) + "[\"" + key + "\"]";
        };
        return new OriginText(value.asString(""), new Origin(where));
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return map.size();
            }

            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                Iterator<Map.Entry<String, JsonNode>> entries = map.properties().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Entry<String, @Nullable Object> next() {
                        Map.Entry<String, JsonNode> entry = entries.next();
                        return Map.entry(entry.getKey(), text(entry.getKey(), entry.getValue()));
                    }
                };
            }
        };
    }
}
