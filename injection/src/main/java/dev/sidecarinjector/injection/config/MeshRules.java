package dev.sidecarinjector.injection.config;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What mesh settings must keep to be usable (spec section 3.1); only those that the injector or its users see. */
final class MeshRules {
    private static final long MILLISECOND = 1_000_000;

    private MeshRules() {}

    static void check(JsonNode mesh, List<String> problems) {
        long port = mesh.path("proxyListenPort").asLong(0);
        if (port < 1 || port > 65535) {
            problems.add("invalid proxy listen port: port number " + port + " must be in the range 1..65535");
        }
        ProtoDuration connect = ProtoDuration.parse(mesh.path("connectTimeout").asString("0s"));
        if (connect == null || connect.nanos() < MILLISECOND || connect.nanos() % MILLISECOND != 0
                || connect.nanos() > 3_600_000 * MILLISECOND) {
            problems.add("invalid connect timeout: must be whole milliseconds from 1ms to 1h");
        }
        ProtoDuration detection = ProtoDuration.parse(mesh.path("protocolDetectionTimeout").asString("0s"));
        if (detection == null || detection.nanos() % MILLISECOND != 0) {
            problems.add("invalid protocol detection timeout: only durations to ms precision are supported");
        }
        trustDomain(mesh.path("trustDomain").asString(""), "trustDomain", problems);
        for (JsonNode alias : mesh.path("trustDomainAliases")) {
            trustDomain(alias.asString(""), "trustDomainAliases", problems);
        }
    }

    private static void trustDomain(String domain, String field, List<String> problems) {
        String[] labels = domain.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            boolean root = i > 0 && i == labels.length - 1 && labels[i].isEmpty();
            if (!root && !Addresses.isLabel(labels[i])) {
                problems.add(field + ": \"" + domain + "\" is no domain name");
                return;
            }
        }
    }
}
