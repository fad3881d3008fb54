/** The program {@code sidecar-injector}: its flags, environment and files. */
@NullMarked
package dev.sidecarinjector.webhook;

import org.jspecify.annotations.NullMarked;
