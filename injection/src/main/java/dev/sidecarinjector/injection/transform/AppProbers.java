package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.schema.GoJson;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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
        String json = ProbeJson.of(kind, action, place.isHook() ? 0 : probe.path("timeoutSeconds").asLong(0));
        if (byPath == null) {
            byPath = new TreeMap<>();
        }
        byPath.put(path, json);
    }

    /** The actions as JSON, sorted by path; {@code {}} where there are none. */
    public String toJson() {
        StringBuilder out = new StringBuilder(128);
        char separator = '{';
        if (byPath != null) {
            for (Map.Entry<String, String> prober : byPath.entrySet()) {
                out.append(separator);
                separator = ',';
                GoJson.quote(prober.getKey(), out);
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
            merged.put(prober.getKey(), ProbeJson.asItIs(prober.getValue()));
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
}
