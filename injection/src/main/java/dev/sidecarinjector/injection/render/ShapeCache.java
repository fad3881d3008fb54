package dev.sidecarinjector.injection.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes used last, bounded in number: a pod's author can cause new shapes, but cannot fill the memory with them. */
final class ShapeCache {
    private final Map<String, Shape> shapes;

    ShapeCache(int limit) {
        shapes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Shape> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized @Nullable Shape get(String text) {
        return shapes.get(text);
    }

    synchronized void put(String text, Shape shape) {
        shapes.put(text, shape);
    }
}
