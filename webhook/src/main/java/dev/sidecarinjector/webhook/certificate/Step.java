package dev.sidecarinjector.webhook.certificate;

import java.time.Instant;
import java.util.Set;

/** The next thing to do about certificates. Each but the first is one write of the Secret. */
public sealed interface Step {
    /** Nothing before that time, unless registrations or the Secret change. */
    record Wait(Instant until) implements Step {}

    /** Put a new authority and its key in front of the bundle. What is served stays. */
    record NewAuthority() implements Step {}

    /** Serve a certificate that the newest authority signs. */
    record NewLeaf() implements Step {}

    /** Take authorities that have ended out of the bundle. */
    record Forget(Set<String> ids) implements Step {}
}
