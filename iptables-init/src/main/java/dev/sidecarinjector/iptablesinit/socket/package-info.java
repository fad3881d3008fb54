/** Sockets as the kernel has them, for what the JDK has no call for: where a redirected connection was going, as which user a socket is opened. */
@NullMarked
package dev.sidecarinjector.iptablesinit.socket;

import org.jspecify.annotations.NullMarked;
