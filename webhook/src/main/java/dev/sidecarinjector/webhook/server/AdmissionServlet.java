package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.ProxyEnv;
import dev.sidecarinjector.webhook.admission.Review;
import dev.sidecarinjector.webhook.admission.Stages;
import dev.sidecarinjector.webhook.admission.Stages.Stage;
import dev.sidecarinjector.webhook.observe.AdmissionLog;
import dev.sidecarinjector.webhook.observe.InjectionMetrics;
import dev.sidecarinjector.webhook.observe.SpanSink;
import dev.sidecarinjector.webhook.observe.Unserved;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
    private final transient AdmissionObserver observer;
    private final transient @Nullable SpanSink spans;
    private final transient AdmissionLog log;
    private final transient ClientCheck clients;
    private final transient Deadline deadline;
    private final transient Turnstile turnstile;
    private final transient Drain drain;
    private final transient Map<String, Map<String, String>> proxyEnv = new ConcurrentHashMap<>();

    AdmissionServlet(Surroundings around, InjectionMetrics metrics, ClientCheck clients, Deadline deadline, Turnstile turnstile,
            Drain drain) {
        this.admissions = around.admissions();
        this.spans = around.spans();
        this.log = new AdmissionLog();
        this.observer = log.and(around.observer());
        this.metrics = metrics;
        this.clients = clients;
        this.deadline = deadline;
        this.turnstile = turnstile;
        this.drain = drain;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        metrics.received();
        Stages stages = new Stages();
        if (drain.isDraining()) {
            response.setHeader("Connection", "close");
        }
        try {
            serve(request, response, stages);
        } catch (UnservedException e) {
            refuse(response, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            refuse(response, UnservedException.overloaded("the server is stopping"));
        } finally {
            metrics.done();
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Stages stages)
            throws IOException, InterruptedException, UnservedException {
        clients.check(request);
        long due = stages.begun() + deadline.nanos(request.getQueryString());
        Answer answer;
        try (Turnstile.Turn _ = turnstile.toHold(request.getContentLengthLong(), due)) {
            stages.mark(Stage.WAIT);
            byte[] body = RequestBody.read(request, due);
            stages.mark(Stage.READ);
            if (body.length == 0) {
                throw UnservedException.badRequest("no body found");
            }
            if (!"application/json".equals(request.getContentType())) {
                throw UnservedException.mediaType("invalid Content-Type, want `application/json`");
            }
            Map<String, String> variables = proxyEnv(request.getRequestURI());
            answer = turnstile.compute(body.length, due, () -> {
                stages.mark(Stage.WAIT);
                return admissions.answer(body, variables, stages);
            });
        }
        Responses.write(response, HttpServletResponse.SC_OK, "application/json", answer.body());
        response.flushBuffer();
        stages.mark(Stage.WRITE);
        tell(request, answer);
    }

    private void tell(HttpServletRequest request, Answer answer) {
        metrics.answered(answer);
        // A configuration that refuses the samples of the warm-up is no news about a pod.
        if (!metrics.hasBegun()) {
            return;
        }
        Review.Question question = answer.question();
        if (question != null) {
            observer.answered(question, answer);
        } else {
            log.unserved(Unserved.UNREADABLE, String.valueOf(answer.problem()));
        }
        if (spans != null) {
            String traceparent = request.getHeader("traceparent");
            if (traceparent != null) {
                spans.answered(traceparent, answer);
            }
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

    private void refuse(HttpServletResponse response, UnservedException refusal) throws IOException {
        metrics.refused(refusal.reason());
        log.unserved(refusal.reason(), refusal.getMessage());
        if (!response.isCommitted()) {
            Responses.refuse(response, refusal);
        }
    }
}
