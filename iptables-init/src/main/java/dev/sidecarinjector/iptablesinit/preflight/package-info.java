/** Whether everything that the rules need is there, before they are needed. */
@NullMarked
package dev.sidecarinjector.iptablesinit.preflight;

import org.jspecify.annotations.NullMarked;
