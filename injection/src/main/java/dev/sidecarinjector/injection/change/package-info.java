/** What changed between two trees, for a person: by meaning, and line by line. */
@NullMarked
package dev.sidecarinjector.injection.change;

import org.jspecify.annotations.NullMarked;
