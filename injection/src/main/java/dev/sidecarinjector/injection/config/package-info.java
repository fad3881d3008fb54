/** What the mesh's operator configures: injection templates, values, mesh and proxy settings. Parsed and checked together, then immutable. */
@NullMarked
package dev.sidecarinjector.injection.config;

import org.jspecify.annotations.NullMarked;
