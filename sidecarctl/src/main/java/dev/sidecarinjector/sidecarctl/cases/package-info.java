/** Test cases for injection templates: read, run, judged and reported. */
@NullMarked
package dev.sidecarinjector.sidecarctl.cases;

import org.jspecify.annotations.NullMarked;
