/** A pod's network in miniature, in network namespaces of this machine, for tests with real packets. */
@org.jspecify.annotations.NullMarked
package dev.sidecarinjector.iptablesinit.lab;
