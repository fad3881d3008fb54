/** What to capture: the one table of settings, and their values with the origin of each. */
@NullMarked
package dev.sidecarinjector.capture.settings;

import org.jspecify.annotations.NullMarked;
