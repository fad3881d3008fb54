/** Addresses and prefixes, in the grammar and the spelling of Go's netip. */
@NullMarked
package dev.sidecarinjector.capture.address;

import org.jspecify.annotations.NullMarked;
