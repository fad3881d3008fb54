package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.annotation.Setting.Kind;
import org.jspecify.annotations.Nullable;

/** Names of annotations that nobody knows, and the nearest one that is known. */
final class Names {
    private Names() {}

    /** A warning for an annotation that is not in the table, where it looks as if it were meant for the injector. */
    static @Nullable Warning unknownAnnotation(String name) {
        return isMeshName(name) ? unknown(name, Kind.ANNOTATION, "annotation ") : null;
    }

    /** The same for a label; also for one that has an annotation's name. */
    static @Nullable Warning unknownLabel(String name) {
        if (!isMeshName(name)) {
            return null;
        }
        return Settings.annotation(name) == null
                ? unknown(name, Kind.LABEL, "label ")
                : new Warning("has no effect as a label", "label " + name, "set it as an annotation");
    }

    private static boolean isMeshName(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && name.startsWith("istio.io", slash - 8);
    }

    private static @Nullable Warning unknown(String name, Kind kind, String where) {
        int slash = name.indexOf('/');
        boolean ours = isOurs(name.substring(0, slash + 1));
        String nearest = nearest(name, kind, ours ? Math.max(3, (name.length() - slash) / 2) : 2);
        if (nearest == null && !ours) {
            return null;
        }
        return new Warning("is not known and has no effect", where + name,
                nearest == null ? "remove it, or look up its name in the reference" : "did you mean " + nearest + "?");
    }

    /** Prefixes that belong to the injection alone. */
    private static boolean isOurs(String prefix) {
        return switch (prefix) {
            case "sidecar.istio.io/", "proxy.istio.io/", "inject.istio.io/", "traffic.sidecar.istio.io/", "status.sidecar.istio.io/",
                    "readiness.status.sidecar.istio.io/", "prometheus.istio.io/" ->
                true;
            default -> false;
        };
    }

    private static @Nullable String nearest(String name, Kind kind, int limit) {
        String best = null;
        int bestDistance = limit + 1;
        for (Setting setting : Settings.table()) {
            if (setting.kind() == kind && setting.reader() != Setting.Reader.NOBODY
                    && Math.abs(setting.name().length() - name.length()) < bestDistance) {
                int distance = Spelling.distance(name, setting.name());
                if (distance < bestDistance) {
                    best = setting.name();
                    bestDistance = distance;
                }
            }
        }
        return best;
    }
}
