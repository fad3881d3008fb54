package dev.sidecarinjector.webhook.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names under which a self-made certificate is good. */
public final class ServerNames {
    private ServerNames() {}

    /** Those of a service (Kubernetes' DNS specification). */
    public static List<String> of(String service, String namespace) {
        String full = service + "." + namespace;
        return List.of(service, full, full + ".svc", full + ".svc.cluster.local");
    }

    /** Those of the service, and those by which this host is reached without it. */
    static List<String> all(String service, String namespace) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        String host = hostName();
        if (host != null) {
            names.add(host);
        }
        names.addAll(of(service, namespace));
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
