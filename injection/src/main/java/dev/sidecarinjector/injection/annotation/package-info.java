/** The one table of annotations, labels, flags and environment variables, and the rules for their values. */
@NullMarked
package dev.sidecarinjector.injection.annotation;

import org.jspecify.annotations.NullMarked;
