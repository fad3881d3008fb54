package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.ProxyEnv;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol of spec section 14 around {@link Admissions}; any method will do. */
final class AdmissionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionServlet.class);
    /** An API server knows one URL; more are someone's play and are read anew each time. */
    private static final int KNOWN_PATHS = 64;

    private final transient Admissions admissions;
    private final transient InjectionMetrics metrics;
    private final transient Readiness readiness;
    private final transient Turnstile turnstile = new Turnstile();
    private final transient Map<String, Map<String, String>> proxyEnv = new ConcurrentHashMap<>();

    AdmissionServlet(Admissions admissions, InjectionMetrics metrics, Readiness readiness) {
        this.readiness = readiness;
        this.admissions = admissions;
        this.metrics = metrics;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        InjectionMetrics.Timer timer = metrics.received();
        try (Turnstile.Turn _ = turnstile.toHold(request.getContentLengthLong())) {
            serve(request, response, timer);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the server is stopping");
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, InjectionMetrics.Timer timer)
            throws IOException, InterruptedException {
        byte[] body = RequestBody.read(request);
        if (body == null) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "the body is longer than " + RequestBody.LIMIT + " bytes");
        } else if (body.length == 0) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "no body found");
        } else if (!"application/json".equals(request.getContentType())) {
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "invalid Content-Type, want `application/json`");
        } else {
            Answer answer = compute(body, proxyEnv(request.getRequestURI()));
            write(response, HttpServletResponse.SC_OK, "application/json", answer.body());
            timer.answered(answer);
            // A configuration that refuses the samples of the warm-up is no news about a pod.
            if (answer.problem() != null && readiness.isDeclared()) {
                LOG.warn("Refused: {}", answer.problem(), answer.fault());
            }
        }
    }

    private Answer compute(byte[] body, Map<String, String> variables) throws InterruptedException {
        try (Turnstile.Turn _ = turnstile.toCompute(body.length)) {
            return admissions.answer(body, variables);
        }
    }

    private Map<String, String> proxyEnv(String path) {
        Map<String, String> known = proxyEnv.get(path);
        if (known != null) {
            return known;
        }
        ProxyEnv read = ProxyEnv.of(PercentEncoding.decode(path));
        if (read.leftOver() != null) {
            LOG.warn("{}: the last key, \"{}\", has no value and is ignored; give keys and values in turn", path, read.leftOver());
        }
        if (proxyEnv.size() < KNOWN_PATHS) {
            proxyEnv.put(path, read.variables());
        }
        return read.variables();
    }

    private void refuse(HttpServletResponse response, int status, String message) throws IOException {
        metrics.failed();
        write(response, status, "text/plain;charset=utf-8", (message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, String contentType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
