package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.observe.Unserved;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes responses, among them those that an API server shows to its user as they are (ADR 9). */
final class Responses {
    static final String TEXT = "text/plain;charset=utf-8";

    private Responses() {}

    static void write(HttpServletResponse response, int status, String contentType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void text(HttpServletResponse response, int status, String text) throws IOException {
        write(response, status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses as text what no API server sends, and else as a Kubernetes Status, whose message reaches the user. */
    static void refuse(HttpServletResponse response, UnservedException refusal) throws IOException {
        if (refusal.reason() == Unserved.BAD_REQUEST) {
            text(response, refusal.status(), refusal.getMessage() + "\n");
            return;
        }
        if (refusal.reason() == Unserved.OVERLOADED) {
            // An API server then tries again by itself within the time that it has (client-go's rest.Request).
            response.setHeader("Retry-After", "1");
        }
        write(response, refusal.status(), "application/json", JsonMapper.shared().writeValueAsBytes(status(refusal)));
    }

    private static ObjectNode status(UnservedException refusal) {
        ObjectNode status = JsonMapper.shared().createObjectNode().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Failure").put("message", "sidecar-injector: " + refusal.getMessage())
                .put("reason", switch (refusal.reason()) {
                    case OVERLOADED -> "TooManyRequests";
                    case CLIENT_UNKNOWN -> "Forbidden";
                    case DEADLINE, SLOW_BODY, UNREADABLE, BAD_REQUEST -> "Timeout";
                }).put("code", refusal.status());
    }
}
