/** What the program reads of the machine, and the programs that it starts. */
@NullMarked
package dev.sidecarinjector.iptablesinit.system;

import org.jspecify.annotations.NullMarked;
