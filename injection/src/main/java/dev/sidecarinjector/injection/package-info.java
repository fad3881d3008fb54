/** The engine: a pod goes in, the injected pod comes out, with the reason for every step. Values in, values out: no clock, no environment, no I/O. */
@NullMarked
package dev.sidecarinjector.injection;

import org.jspecify.annotations.NullMarked;
