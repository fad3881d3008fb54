package dev.sidecarinjector.webhook.observe;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.Review;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs every admission at debug, refusals at warn, and of requests that were not served one a second with the number of the others. */
public final class AdmissionLog implements AdmissionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionLog.class);
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicInteger unsaid = new AtomicInteger();

    @Override
    public void answered(Review.Question question, Answer answer) {
        if (answer.problem() != null) {
            log(Level.WARN, "Refused: " + answer.problem(), question, answer);
        } else if (LOG.isDebugEnabled()) {
            log(Level.DEBUG, "Admitted", question, answer);
        }
    }

    private static void log(Level level, String message, Review.Question question, Answer answer) {
        Reason reason = answer.reason();
        LOG.atLevel(level)
                .setCause(answer.fault())
                .addKeyValue("uid", Logs.oneLine(question.uid()))
                .addKeyValue("namespace", Logs.oneLine(question.podNamespace()))
                .addKeyValue("pod", Logs.oneLine(question.podName()))
                .addKeyValue("reason", reason == null ? "" : reason.label())
                .addKeyValue("milliseconds", Math.round(answer.stages().total() / 1e3) / 1e3)
                .log(Logs.oneLine(message));
    }

    /** A request that got no decision; clients can send many of them, so few are logged. */
    public void unserved(Unserved reason, String message) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + SECOND)) {
            unsaid.getAndIncrement();
            return;
        }
        LOG.atWarn().addKeyValue("reason", reason.label()).addKeyValue("others", unsaid.getAndSet(0))
                .log("Not served: {}", Logs.oneLine(message));
    }
}
