/** A part of the Common Expression Language: as much as can be evaluated with certainty. What lies beyond is unknown, never guessed. */
@NullMarked
package dev.sidecarinjector.injection.cel;

import org.jspecify.annotations.NullMarked;
