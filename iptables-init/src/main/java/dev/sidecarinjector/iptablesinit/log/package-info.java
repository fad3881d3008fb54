/** The log, in the lines that the reference implementation writes; no framework, since that would take longer to start than the program runs. */
@NullMarked
package dev.sidecarinjector.iptablesinit.log;

import org.jspecify.annotations.NullMarked;
