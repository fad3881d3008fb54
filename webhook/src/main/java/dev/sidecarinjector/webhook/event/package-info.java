/** Kubernetes Events: what happened to a workload's pods and to the configuration, where its people look for it. */
@NullMarked
package dev.sidecarinjector.webhook.event;

import org.jspecify.annotations.NullMarked;
