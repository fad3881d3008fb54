/** RFC 6902 JSON patch: computed against the raw object. */
@NullMarked
package dev.sidecarinjector.injection.patch;

import org.jspecify.annotations.NullMarked;
