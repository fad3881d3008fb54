/** The proof of {@code --run-validation}, with which a pod waits until a CNI plugin has loaded its rules. */
@NullMarked
package dev.sidecarinjector.iptablesinit.validate;

import org.jspecify.annotations.NullMarked;
