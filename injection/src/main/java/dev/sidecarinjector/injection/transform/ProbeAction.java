package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a probe or hook does: a request over HTTP, a connection, a gRPC health check. Commands are none of our business. */
final class ProbeAction {
    static final String HTTP = "httpGet";
    static final String TCP = "tcpSocket";
    static final String GRPC = "grpc";

    private ProbeAction() {}

    /** The kind of action; null: nothing that goes over the network. */
    static @Nullable String kind(ObjectNode probe, boolean hook) {
        if (PodTree.object(probe, HTTP) != null) {
            return HTTP;
        }
        if (PodTree.object(probe, TCP) != null) {
            return TCP;
        }
        return !hook && PodTree.object(probe, GRPC) != null ? GRPC : null;
    }

    /** Makes the action a request to the agent; what else it says of the request stays. */
    static void redirect(ObjectNode probe, String path, int agentPort, boolean hook) {
        if (kind(probe, hook) == null) {
            return;
        }
        ObjectNode http = PodTree.needObject(probe, HTTP);
        probe.remove(TCP);
        probe.remove(GRPC);
        http.put("path", path);
        if (!isPort(http.get("port"), agentPort)) {
            http.put("port", agentPort);
        }
        if ("HTTPS".equals(PodTree.text(http, "scheme"))) {
            http.put("scheme", "HTTP");
        }
    }

    /** Whether an earlier injection made this action. */
    static boolean isRedirected(ObjectNode probe, String path, int meshPort, int agentPort) {
        ObjectNode http = PodTree.object(probe, HTTP);
        ObjectNode action = http != null ? http : PodTree.object(probe, TCP);
        if (action == null || isPort(action.get("port"), meshPort)) {
            return action != null;
        }
        return http != null && isPort(http.get("port"), agentPort) && path.equals(PodTree.text(http, "path"));
    }

    /** Replaces a port's name by the container's number; false where the container has no such port. */
    static boolean resolvePort(ObjectNode action, JsonNode container) {
        JsonNode port = action.get("port");
        if (port == null || !port.isString()) {
            return true;
        }
        ArrayNode ports = PodTree.list(container, "ports");
        ObjectNode named = PodTree.named(ports, port.stringValue());
        JsonNode number = named == null ? null : named.get("containerPort");
        if (number == null) {
            return false;
        }
        action.set("port", number);
        return true;
    }

    private static boolean isPort(@Nullable JsonNode port, int number) {
        return port != null && port.isIntegralNumber() && port.asInt(-1) == number;
    }
}
