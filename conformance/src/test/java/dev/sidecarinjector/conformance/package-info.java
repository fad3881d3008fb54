/** The product seen from outside: the cases of the reference implementation on every path, and the rules of the architecture. */
package dev.sidecarinjector.conformance;
