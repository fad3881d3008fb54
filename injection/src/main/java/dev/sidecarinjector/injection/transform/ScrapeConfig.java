package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.schema.GoJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod's annotations say about its own metrics; what is not said is empty (spec 12.3).
 *
 * @param targets of {@code prometheus.istio.io/scrape-targets}
 */
public record ScrapeConfig(String scrape, String path, String port, List<Target> targets) {
    /** One port of the pod that serves metrics. */
    public record Target(String port, String path) {}

    private static final String DEFAULT_PATH = "/metrics";

    public ScrapeConfig {
        targets = List.copyOf(targets);
    }

    /** Reads the annotations; a list of targets with an empty port is ignored as a whole, with a warning. */
    public static ScrapeConfig of(ObjectNode annotations, List<Warning> warnings) {
        return new ScrapeConfig(text(annotations, PrometheusAnnotations.SCRAPE), text(annotations, PrometheusAnnotations.PATH),
                text(annotations, PrometheusAnnotations.PORT), targets(text(annotations, PrometheusAnnotations.TARGETS), warnings));
    }

    boolean isEmpty() {
        return scrape.isEmpty() && path.isEmpty() && port.isEmpty() && targets.isEmpty();
    }

    /** The first target stands for the whole list where only one port and path can be given. */
    ScrapeConfig withFirstTarget() {
        return targets.isEmpty() ? this : new ScrapeConfig(scrape, targets.getFirst().path(), targets.getFirst().port(), targets);
    }

    /**
     * Checks the ports that the agent would scrape.
     *
     * @param agentPort where the agent itself serves the merged metrics
     * @throws InjectionException with reason INVALID_PROMETHEUS
     */
    void check(int agentPort) {
        for (Target target : targets) {
            check(target.port(), agentPort, "invalid prometheus scrape targets: ", PrometheusAnnotations.TARGETS);
        }
        if (targets.isEmpty() && !port.isEmpty()) {
            check(port, agentPort, "invalid prometheus scrape configuration: ", PrometheusAnnotations.PORT);
        }
    }

    /** As the agent reads it from its environment. */
    String toJson() {
        StringBuilder out = new StringBuilder(96).append("{\"scrape\":");
        GoJson.quote(scrape, out);
        out.append(",\"path\":");
        GoJson.quote(path, out);
        out.append(",\"port\":");
        GoJson.quote(port, out);
        for (int i = 0; i < targets.size(); i++) {
            out.append(i == 0 ? ",\"targets\":[{\"port\":" : ",{\"port\":");
            GoJson.quote(targets.get(i).port(), out);
            out.append(",\"path\":");
            GoJson.quote(targets.get(i).path(), out);
            out.append('}');
        }
        return out.append(targets.isEmpty() ? "}" : "]}").toString();
    }

    /** Writes the annotations that a pod had before its metrics were merged, from what its agent was told; nothing where that is unreadable. */
    static void restore(ObjectNode annotations, @Nullable String json) {
        if (json == null) {
            return;
        }
        try {
            JsonNode told = JsonMapper.shared().readTree(json);
            put(annotations, PrometheusAnnotations.SCRAPE, told.path("scrape").asString(""));
            StringBuilder targets = new StringBuilder();
            for (JsonNode target : told.path("targets")) {
                targets.append(targets.isEmpty() ? "" : ",").append(target.path("port").asString("")).append(':')
                        .append(target.path("path").asString(""));
            }
            if (targets.isEmpty()) {
                put(annotations, PrometheusAnnotations.PORT, told.path("port").asString(""));
                put(annotations, PrometheusAnnotations.PATH, told.path("path").asString(""));
            }
            put(annotations, PrometheusAnnotations.TARGETS, targets.toString());
        } catch (JacksonException _) {
            // Someone changed the variable; templates then see a pod without these annotations, as the peer's do.
        }
    }

    private static void put(ObjectNode annotations, String name, String value) {
        if (!value.isEmpty()) {
            annotations.put(name, value);
        }
    }

    private static String text(ObjectNode annotations, String canonical) {
        @Nullable
        String value = PrometheusAnnotations.value(annotations, canonical);
        return value == null ? "" : value;
    }

    private static List<Target> targets(String text, List<Warning> warnings) {
        List<Target> targets = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String entry = text.substring(start, end).strip();
            start = end + 1;
            if (entry.isEmpty()) {
                continue;
            }
            int colon = entry.indexOf(':');
            String port = colon < 0 ? entry : entry.substring(0, colon).strip();
            String path = colon < 0 ? "" : entry.substring(colon + 1).strip();
            if (port.isEmpty()) {
                warnings.add(new Warning("the entry \"" + entry + "\" has no port, so the whole list is ignored",
                        PrometheusAnnotations.TARGETS, "write each entry as port or port:/path"));
                return List.of();
            }
            targets.add(new Target(port, path.isEmpty() ? DEFAULT_PATH : path));
        }
        return targets;
    }

    private static void check(String port, int agentPort, String prefix, String annotation) {
        int number = number(port);
        String fault = null;
        if (number < 1 || number > 65535) {
            fault = "port \"" + port + "\" is not a number from 1 to 65535";
        } else if (number == agentPort) {
            fault = "port " + port + " is the agent's own, which serves the merged metrics";
        } else if (isReserved(number)) {
            fault = "port " + port + " is reserved for Istio";
        }
        if (fault != null) {
            throw new InjectionException(Reason.INVALID_PROMETHEUS,
                    prefix + fault + "; give annotation " + annotation + " a port of the application");
        }
    }

    private static boolean isReserved(int port) {
        return switch (port) {
            case 15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090 -> true;
            default -> false;
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
