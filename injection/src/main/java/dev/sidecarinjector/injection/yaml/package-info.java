/** YAML in and out of trees, in the dialect that kubectl and the peer speak. */
@NullMarked
package dev.sidecarinjector.injection.yaml;

import org.jspecify.annotations.NullMarked;
