/** From wanted rules to rules in the kernel, with as few child processes as it takes. */
@NullMarked
package dev.sidecarinjector.iptablesinit.apply;

import org.jspecify.annotations.NullMarked;
