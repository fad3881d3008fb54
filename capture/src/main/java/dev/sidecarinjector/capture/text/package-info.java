/** The texts of a rule set: for iptables-restore, for nft, and for people. */
@NullMarked
package dev.sidecarinjector.capture.text;

import org.jspecify.annotations.NullMarked;
