/** Results as texts for people and as JSON. */
@NullMarked
package dev.sidecarinjector.iptablesinit.report;

import org.jspecify.annotations.NullMarked;
