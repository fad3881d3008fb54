/** What happens to a pod after the templates were merged, as one visible list. */
@NullMarked
package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.NullMarked;
