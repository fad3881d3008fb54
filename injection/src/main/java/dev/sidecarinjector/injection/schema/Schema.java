package dev.sidecarinjector.injection.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Kubernetes types that are known here, read from {@code kubernetes-types.txt}; a type is parsed when it is first asked for. */
public final class Schema {
    private static final String RESOURCE = "kubernetes-types.txt";
    private static final String TEXT = read();
    /** Where in the text each type's first line begins. */
    private static final Map<String, Integer> OFFSETS = offsets();
    private static final Map<String, StructType> TYPES = new ConcurrentHashMap<>();

    private Schema() {}

    /**
     * The type of this name, without package: {@code PodSpec}.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static StructType type(String name) {
        StructType type = TYPES.get(name);
        return type != null ? type : parse(name);
    }

    /** The type of a workload or pod by its kind, whatever its apiVersion (spec 17.3); null for any other kind. */
    public static @Nullable StructType ofKind(String kind) {
        return switch (kind) {
            case "Pod", "ReplicationController", "Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "Job", "CronJob",
                    "DeploymentConfig", "List" ->
                type(kind);
            default -> null;
        };
    }

    /** The names of all types. */
    static Set<String> names() {
        return OFFSETS.keySet();
    }

    private static StructType parse(String name) {
        Integer offset = OFFSETS.get(name);
        if (offset == null) {
            throw new IllegalArgumentException("no Kubernetes type " + name + " in " + RESOURCE);
        }
        StructType type = TypeText.parse(TEXT, offset);
        TYPES.put(name, type);
        return type;
    }

    private static Map<String, Integer> offsets() {
        Map<String, Integer> offsets = HashMap.newHashMap(220);
        for (int line = 0; line < TEXT.length(); line = TEXT.indexOf('\n', line) + 1) {
            char first = TEXT.charAt(line);
            if (first != ' ' && first != '#') {
                offsets.put(TEXT.substring(line, TypeText.wordEnd(TEXT, line)), line);
            }
        }
        return offsets;
    }

    private static String read() {
        try (InputStream in = Schema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: resource " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
