package dev.sidecarinjector.webhook.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names under which a self-made certificate is good. */
final class ServerNames {
    private static final String SERVICE = "sidecar-injector";

    private ServerNames() {}

    static List<String> all() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        String host = hostName();
        if (host != null) {
            names.add(host);
        }
        // POD_NAMESPACE is how manifests hand a pod its namespace (Kubernetes downward API).
        String namespace = System.getenv().getOrDefault("POD_NAMESPACE", "istio-system");
        names.add(SERVICE);
        names.add(SERVICE + "." + namespace);
        names.add(SERVICE + "." + namespace + ".svc");
        names.add(SERVICE + "." + namespace + ".svc.cluster.local");
        return new ArrayList<>(names);
    }

    private static @Nullable String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            // A host that cannot resolve its own name is reached by the other names.
            return null;
        }
    }
}
