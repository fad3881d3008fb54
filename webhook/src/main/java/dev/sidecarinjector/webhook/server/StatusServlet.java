package dev.sidecarinjector.webhook.server;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Everything besides admissions: readiness, liveness, metrics, and a plain answer to all other paths. */
final class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient PrometheusRegistry registry;
    private final transient Readiness readiness;

    StatusServlet(PrometheusRegistry registry, Readiness readiness) {
        this.registry = registry;
        this.readiness = readiness;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/healthz/ready" -> Responses.text(response,
                    readiness.isReady() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE, readiness.text());
            // That this is answered is all that a restart could better.
            case "/healthz/live" -> Responses.text(response, HttpServletResponse.SC_OK, "alive\n");
            case "/metrics" -> writeMetrics(response);
            default -> Responses.text(response, HttpServletResponse.SC_NOT_FOUND,
                    "there is only /inject, /healthz/ready, /healthz/live and /metrics\n");
        }
    }

    private void writeMetrics(HttpServletResponse response) throws IOException {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        response.setContentType(writer.getContentType());
        writer.write(response.getOutputStream(), registry.scrape());
    }
}
