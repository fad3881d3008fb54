/** The cluster as kube-inject sees it, on fabric8's client. Nothing of it is loaded while files give everything. */
@NullMarked
package dev.sidecarinjector.sidecarctl.cluster;

import org.jspecify.annotations.NullMarked;
