/** Benchmarks of the whole product; figures and commands are in docs/performance.md. */
@NullMarked
package dev.sidecarinjector.bench;

import org.jspecify.annotations.NullMarked;
