/** Kubernetes' strategic merge patch on trees. */
@NullMarked
package dev.sidecarinjector.injection.merge;

import org.jspecify.annotations.NullMarked;
