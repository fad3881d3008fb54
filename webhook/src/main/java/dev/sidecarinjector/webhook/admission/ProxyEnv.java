package dev.sidecarinjector.webhook.admission;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables for the proxy that the webhook's URL carries (spec section 14): {@code /inject/cluster/east/net/n1} or
 * {@code /inject/:ENV:cluster=east:ENV:net=n1}.
 *
 * @param variables by name, in the order of the URL
 * @param leftOver  a last key without a value, or null
 */
public record ProxyEnv(Map<String, String> variables, @Nullable String leftOver) {
    private static final String SEPARATOR = ":ENV:";
    private static final ProxyEnv NONE = new ProxyEnv(Map.of(), null);

    /** Reads a URL's path, percent-decoded. */
    public static ProxyEnv of(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        int second = trimmed.indexOf('/', 1);
        if (second < 0) {
            return NONE;
        }
        String rest = trimmed.substring(second + 1);
        return rest.startsWith(SEPARATOR) ? assignments(rest) : segments(rest);
    }

    private static ProxyEnv segments(String rest) {
        Map<String, String> variables = new LinkedHashMap<>();
        String[] parts = rest.split("/", -1);
        int pairs = parts.length / 2;
        for (int i = 0; i < pairs; i++) {
            if (!parts[2 * i].isEmpty()) {
                variables.put(variable(parts[2 * i]), parts[2 * i + 1].replace("--slash--", "/"));
            }
        }
        return new ProxyEnv(variables, parts.length % 2 == 1 ? parts[parts.length - 1] : null);
    }

    private static ProxyEnv assignments(String rest) {
        Map<String, String> variables = new LinkedHashMap<>();
        int from = SEPARATOR.length();
        while (from <= rest.length()) {
            int next = rest.indexOf(SEPARATOR, from);
            int end = next < 0 ? rest.length() : next;
            int equals = rest.indexOf('=', from);
            if (equals > from && equals < end) {
                variables.put(variable(rest.substring(from, equals)), rest.substring(equals + 1, end));
            }
            from = end + SEPARATOR.length();
        }
        return new ProxyEnv(variables, null);
    }

    private static String variable(String key) {
        return switch (key) {
            case "cluster" -> "ISTIO_META_CLUSTER_ID";
            case "net" -> "ISTIO_META_NETWORK";
            default -> key.toUpperCase(Locale.ROOT);
        };
    }
}
