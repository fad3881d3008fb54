/** From a template to an overlay: the rendering, and the proof that no value became structure. */
@NullMarked
package dev.sidecarinjector.injection.render;

import org.jspecify.annotations.NullMarked;
