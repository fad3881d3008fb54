/** The program against a real kernel, in network namespaces; without root these tests are skipped. */
@org.jspecify.annotations.NullMarked
package dev.sidecarinjector.iptablesinit.kernel;
