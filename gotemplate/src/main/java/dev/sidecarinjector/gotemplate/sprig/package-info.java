/** The Sprig functions, found by name when a template is parsed. */
@NullMarked
package dev.sidecarinjector.gotemplate.sprig;

import org.jspecify.annotations.NullMarked;
