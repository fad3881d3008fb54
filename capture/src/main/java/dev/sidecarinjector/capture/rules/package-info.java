/** The rule model: what a rule matches, what it does, why it exists and which setting asked for it. */
@NullMarked
package dev.sidecarinjector.capture.rules;

import org.jspecify.annotations.NullMarked;
