/** One admission: an AdmissionReview's bytes go in, the answer's bytes come out. No HTTP. */
@NullMarked
package dev.sidecarinjector.webhook.admission;

import org.jspecify.annotations.NullMarked;
