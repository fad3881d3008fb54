/** What a pod demands of its node: the Pod Security Standards, and the class of its quality of service. */
@NullMarked
package dev.sidecarinjector.injection.podsecurity;

import org.jspecify.annotations.NullMarked;
