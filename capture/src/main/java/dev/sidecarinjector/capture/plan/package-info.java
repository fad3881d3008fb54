/** From settings to rules. */
@NullMarked
package dev.sidecarinjector.capture.plan;

import org.jspecify.annotations.NullMarked;
