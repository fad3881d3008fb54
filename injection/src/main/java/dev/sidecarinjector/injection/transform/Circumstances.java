package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.MeshConfig;
import dev.sidecarinjector.injection.config.ProxyConfig;
import java.util.SortedMap;

/**
 * What holds for one pod while it is injected, worked out before the first template runs.
 *
 * @param configuration what the operator configured
 * @param proxyConfig   the proxy's effective settings (spec 3.3)
 * @param mesh          mesh-wide settings; on the command line with the pod's own proxy settings in them
 * @param context       what the caller knows besides the pod
 * @param proxyEnv      cluster, network and the URL's parameters: variables for the proxy (spec 7.2)
 * @param nativeSidecar what templates see as {@code .NativeSidecars}; the pod's annotation may still say otherwise
 */
public record Circumstances(Configuration configuration, ProxyConfig proxyConfig, MeshConfig mesh, InjectionContext context,
        SortedMap<String, String> proxyEnv, boolean nativeSidecar) {}
