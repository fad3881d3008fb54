/** Proves by real connections that the loaded rules do what the settings ask for. */
@NullMarked
package dev.sidecarinjector.iptablesinit.verify;

import org.jspecify.annotations.NullMarked;
