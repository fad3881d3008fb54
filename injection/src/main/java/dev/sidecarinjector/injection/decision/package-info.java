/** Whether a pod is injected, as data: the steps taken, what was observed, the verdict and the reason. */
@NullMarked
package dev.sidecarinjector.injection.decision;

import org.jspecify.annotations.NullMarked;
