package dev.sidecarinjector.injection.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes struct: its fields in the order of Go's declaration. */
public final class StructType {
    private final String name;
    private final List<String> embedded;
    private final List<Field> fields;
    private final Map<String, Field> byName;
    /** Templates need it, webhooks and manifests don't; built twice at worst. */
    private @Nullable Map<String, Field> byGoName;

    StructType(String name, List<String> embedded, List<Field> fields) {
        this.name = name;
        this.embedded = embedded;
        this.fields = fields;
        byName = HashMap.newHashMap(fields.size());
        for (Field field : fields) {
            byName.put(field.name(), field);
        }
    }

    /** The type's name without package: {@code PodSpec}. */
    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The field of this JSON name, or null. */
    public @Nullable Field field(String jsonName) {
        return byName.get(jsonName);
    }

    /** The field of this Go name, or null. */
    @Nullable
    Field goField(String goName) {
        Map<String, Field> map = byGoName;
        if (map == null) {
            map = HashMap.newHashMap(fields.size());
            for (Field field : fields) {
                map.put(field.goName(), field);
            }
            byGoName = map;
        }
        return map.get(goName);
    }

    /** Whether Go code can reach this struct's fields also through a struct of that name. */
    boolean embeds(String goName) {
        return embedded.contains(goName);
    }
}
