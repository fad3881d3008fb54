package dev.sidecarinjector.sidecarctl;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster, and where in it.
 *
 * @param kubeconfig     a file, or null for the usual places
 * @param context        of the kubeconfig, or null for its current one
 * @param cluster        of the kubeconfig, in place of the context's
 * @param user           of the kubeconfig, in place of the context's
 * @param impersonated   the user in whose name requests are made, or null
 * @param istioNamespace where the control plane runs
 * @param xdsAddress     host and port of the control plane in place of a port-forward, or null
 * @param variables      environment variables
 */
public record ClusterSettings(@Nullable Path kubeconfig, @Nullable String context, @Nullable String cluster, @Nullable String user,
        @Nullable String impersonated, String istioNamespace, @Nullable String xdsAddress,
        Map<String, String> variables) {}
