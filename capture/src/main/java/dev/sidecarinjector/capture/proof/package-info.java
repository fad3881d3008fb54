/** What settings promise of single connections, so that real ones can prove it; worked out from the settings, not from the rules. */
@NullMarked
package dev.sidecarinjector.capture.proof;

import org.jspecify.annotations.NullMarked;
