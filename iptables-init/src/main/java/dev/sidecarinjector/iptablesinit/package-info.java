/** The init container's program: reads the surroundings, asks {@code capture} what to do, and does it. */
@NullMarked
package dev.sidecarinjector.iptablesinit;

import org.jspecify.annotations.NullMarked;
