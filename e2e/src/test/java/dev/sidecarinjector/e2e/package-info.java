/** The chart, and the product on a real Kubernetes: what can only be seen where an API server calls the webhook. */
@NullMarked
package dev.sidecarinjector.e2e;

import org.jspecify.annotations.NullMarked;
