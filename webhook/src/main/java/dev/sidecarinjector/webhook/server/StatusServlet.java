package dev.sidecarinjector.webhook.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Everything besides admissions: readiness, metrics, and a plain answer to all other paths. */
final class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient InjectionMetrics metrics;
    private final transient Readiness readiness;

    StatusServlet(InjectionMetrics metrics, Readiness readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/healthz/ready" -> {
                boolean ready = readiness.isDeclared();
                text(response, ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        ready ? "ready" : "starting");
            }
            case "/metrics" -> metrics.write(response);
            default -> text(response, HttpServletResponse.SC_NOT_FOUND, "there is only /inject, /healthz/ready and /metrics");
        }
    }

    private static void text(HttpServletResponse response, int status, String line) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
