/**
 * The data path without Kubernetes: what the templates render for a pod, run in bare network namespaces with a real Envoy. Packets, Envoy's access log and Envoy's
 * counters are the witnesses.
 */
@NullMarked
package dev.sidecarinjector.e2e.path;

import org.jspecify.annotations.NullMarked;
