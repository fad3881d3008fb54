/** The command line, in the grammar of the reference implementation. */
@NullMarked
package dev.sidecarinjector.iptablesinit.arguments;

import org.jspecify.annotations.NullMarked;
