package dev.sidecarinjector.injection.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotations that tell Prometheus where to scrape. Prometheus sees a key with every character outside {@code [A-Za-z0-9_]} replaced by
 * {@code _}, so that several keys of a pod may be the same to it. Of those the canonical key counts, else the first in the order of the
 * alphabet.
 */
final class PrometheusAnnotations {
    static final String SCRAPE = "prometheus.io/scrape";
    static final String PORT = "prometheus.io/port";
    static final String PATH = "prometheus.io/path";
    static final String TARGETS = "prometheus.istio.io/scrape-targets";
    static final String SECURE_PORT = "prometheus.istio.io/secure-port";
    /** Where the agent serves the merged metrics. */
    static final String MERGED_PATH = "/stats/prometheus";

    private static final String[] MERGED = {SCRAPE, PORT, PATH, TARGETS};

    private PrometheusAnnotations() {}

    /** The key of the annotation that counts; null where there is none. */
    static @Nullable String key(@Nullable ObjectNode annotations, String canonical) {
        if (annotations == null || annotations.has(canonical)) {
            return annotations == null ? null : canonical;
        }
        String first = null;
        for (String key : annotations.propertyNames()) {
            if (sameToPrometheus(key, canonical) && (first == null || key.compareTo(first) < 0)) {
                first = key;
            }
        }
        return first;
    }

    /** The value of the annotation that counts; null where there is none. */
    static @Nullable String value(@Nullable ObjectNode annotations, String canonical) {
        String key = key(annotations, canonical);
        return key == null ? null : PodTree.text(annotations, key);
    }

    /** Warns of keys that lose to another spelling with another value. */
    static void warnOfRivals(PodDraft draft, ObjectNode annotations) {
        for (String canonical : MERGED) {
            String winner = key(annotations, canonical);
            if (winner == null) {
                continue;
            }
            for (String key : annotations.propertyNames()) {
                if (!key.equals(winner) && sameToPrometheus(key, canonical) && !annotations.path(key).equals(annotations.path(winner))) {
                    draft.warn(winner + "=\"" + PodTree.text(annotations, winner) + "\" and " + key + "=\"" + PodTree.text(annotations, key)
                            + "\" mean the same annotation to Prometheus; the first one counts", key, "keep " + winner + " only");
                }
            }
        }
    }

    /** Removes all spellings of what the merge replaces. */
    static void remove(ObjectNode annotations) {
        List<String> doomed = null;
        for (String key : annotations.propertyNames()) {
            if (isMerged(key)) {
                doomed = doomed == null ? new ArrayList<>(4) : doomed;
                doomed.add(key);
            }
        }
        if (doomed != null) {
            annotations.remove(doomed);
        }
    }

    /** Copies all spellings of what the merge replaces. */
    static void copy(ObjectNode from, ObjectNode to) {
        for (var entry : from.properties()) {
            if (isMerged(entry.getKey())) {
                JsonNode value = entry.getValue();
                to.set(entry.getKey(), value);
            }
        }
    }

    private static boolean isMerged(String key) {
        for (String canonical : MERGED) {
            if (sameToPrometheus(key, canonical)) {
                return true;
            }
        }
        return false;
    }

    static boolean sameToPrometheus(String key, String canonical) {
        if (key.length() != canonical.length()) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (seen(key.charAt(i)) != seen(canonical.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char seen(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    }
}
