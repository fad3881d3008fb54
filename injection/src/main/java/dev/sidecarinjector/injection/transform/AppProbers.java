package dev.sidecarinjector.injection.transform;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the agent probes the application in the kubelet's stead: actions by the path under which the kubelet asks for them. */
public final class AppProbers {
    static final String VARIABLE = "ISTIO_KUBE_APP_PROBERS";

    private @Nullable TreeMap<String, String> byPath;

    AppProbers() {}

    /** Takes an action as it is before it is redirected; named ports become numbers, in the pod too. */
    void record(String path, ObjectNode probe, JsonNode container, ProbePlace place, int meshPort, int agentPort) {
        String kind = ProbeAction.kind(probe, place.isHook());
        ObjectNode action = kind == null ? null : PodTree.object(probe, kind);
        if (kind == null || action == null || ProbeAction.isRedirected(probe, path, meshPort, agentPort)
                || !ProbeAction.resolvePort(action, container)) {
            return;
        }
        StringBuilder json = new StringBuilder(64).append("{\"").append(kind).append("\":");
        appendAction(json, kind, action);
        long timeout = place.isHook() ? 0 : probe.path("timeoutSeconds").asLong(0);
        if (timeout != 0) {
            json.append(",\"timeoutSeconds\":").append(timeout);
        }
        if (byPath == null) {
            byPath = new TreeMap<>();
        }
        byPath.put(path, json.append('}').toString());
    }

    /** The actions as JSON, sorted by path; {@code {}} where there are none. */
    public String toJson() {
        StringBuilder out = new StringBuilder(128);
        char separator = '{';
        if (byPath != null) {
            for (Map.Entry<String, String> prober : byPath.entrySet()) {
                out.append(separator);
                separator = ',';
                JsonText.quote(out, prober.getKey());
                out.append(':').append(prober.getValue());
            }
        }
        return out.append(separator == '{' ? "{}" : "}").toString();
    }

    /** Writes the actions to the proxy's environment. Those of an earlier injection stay: they know the application's own probes. */
    void tell(ObjectNode proxy, Complaint complaint) {
        if (byPath == null) {
            return;
        }
        String existing = Env.value(proxy, VARIABLE);
        ObjectNode old = existing == null ? null : parse(existing, complaint);
        if (old != null && !addAll(old)) {
            return;
        }
        Env.put(proxy, VARIABLE, toJson());
    }

    /** Where to complain: what, where, what to do. */
    @FunctionalInterface
    interface Complaint {
        void warn(String what, String where, String remedy);
    }

    /** Merges older actions into these; false where these bring nothing new. */
    private boolean addAll(ObjectNode old) {
        TreeMap<String, String> merged = byPath == null ? new TreeMap<>() : byPath;
        boolean news = !old.propertyNames().containsAll(merged.keySet());
        for (Map.Entry<String, JsonNode> prober : old.properties()) {
            StringBuilder json = new StringBuilder(64);
            JsonText.append(json, prober.getValue());
            merged.put(prober.getKey(), json.toString());
        }
        return news;
    }

    private static @Nullable ObjectNode parse(String text, Complaint complaint) {
        try {
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // Falls through to the complaint: what is no JSON is no object either.
        }
        complaint.warn("the value is not a JSON object and was replaced", "env " + VARIABLE + " of " + ProxyContainer.NAME,
                "remove the variable; the injector writes it");
        return null;
    }

    private static void appendAction(StringBuilder out, String kind, ObjectNode action) {
        out.append('{');
        switch (kind) {
            case ProbeAction.HTTP -> {
                appendText(out, action, "path");
                appendPort(out, action);
                appendText(out, action, "host");
                appendText(out, action, "scheme");
                appendHeaders(out, PodTree.list(action, "httpHeaders"));
            }
            case ProbeAction.TCP -> {
                appendPort(out, action);
                appendText(out, action, "host");
            }
            default -> {
                appendPort(out, action);
                String service = PodTree.text(action, "service");
                key(out, "service");
                if (service == null) {
                    out.append("null");
                } else {
                    JsonText.quote(out, service);
                }
            }
        }
        out.append('}');
    }

    private static void appendPort(StringBuilder out, ObjectNode action) {
        JsonNode port = action.get("port");
        key(out, "port").append(port == null ? "0" : port);
    }

    private static void appendText(StringBuilder out, ObjectNode action, String field) {
        String text = PodTree.text(action, field);
        if (text != null && !text.isEmpty()) {
            JsonText.quote(key(out, field), text);
        }
    }

    private static void appendHeaders(StringBuilder out, @Nullable ArrayNode headers) {
        if (headers == null || headers.isEmpty()) {
            return;
        }
        key(out, "httpHeaders");
        char separator = '[';
        for (JsonNode header : headers) {
            String name = PodTree.text(header, "name");
            String value = PodTree.text(header, "value");
            JsonText.quote(out.append(separator).append("{\"name\":"), name == null ? "" : name);
            JsonText.quote(out.append(",\"value\":"), value == null ? "" : value);
            out.append('}');
            separator = ',';
        }
        out.append(']');
    }

    private static StringBuilder key(StringBuilder out, String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        return out.append('"').append(name).append("\":");
    }
}
