/** Calls of the kernel that tests need besides. */
@org.jspecify.annotations.NullMarked
package dev.sidecarinjector.iptablesinit.socket;
