/** The Sprig function library (v3.3.0) for templates: all functions that work offline and give the same result every time. */
@NullMarked
package dev.sidecarinjector.gotemplate.sprig;

import org.jspecify.annotations.NullMarked;
