/** The way back: from an injected pod to the pod that its author wrote, proved by injecting it again. */
@NullMarked
package dev.sidecarinjector.injection.uninjection;

import org.jspecify.annotations.NullMarked;
