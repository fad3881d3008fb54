package dev.sidecarinjector.webhook.observe;

import dev.sidecarinjector.webhook.admission.Answer;

/** Where the spans of an admission go, if anywhere. */
public interface SpanSink extends AutoCloseable {
    /**
     * Takes an answer that was sent; never waits, never throws.
     *
     * @param traceparent the request's header of this name (W3C Trace Context), whatever it says
     */
    void answered(String traceparent, Answer answer);

    /** Sends what is still here, within seconds. */
    @Override
    void close();
}
