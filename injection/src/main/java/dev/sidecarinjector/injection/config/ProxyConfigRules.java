package dev.sidecarinjector.injection.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a proxy config must keep to be usable (spec section 6, last row). */
public final class ProxyConfigRules {
    private final List<String> problems = new ArrayList<>();

    private ProxyConfigRules() {}

    /** All problems, one clause each; empty where all is well. */
    public static List<String> problems(ProxyConfig config) {
        ProxyConfigRules rules = new ProxyConfigRules();
        rules.check(config.tree());
        return rules.problems;
    }

    private void check(JsonNode config) {
        required(config, "configPath", "config path must be set");
        required(config, "binaryPath", "binary path must be set");
        if (config.path("tracingServiceName").isMissingNode()) {
            required(config, "serviceCluster", "service cluster must be specified");
        }
        drain(config.path("drainDuration").asString("0s"));
        if (text(config, "discoveryAddress").isEmpty()) {
            problems.add("discovery address must be set to the proxy discovery service");
        } else {
            address(text(config, "discoveryAddress"), "invalid discovery address:");
        }
        optionalAddress(text(config, "statsdUdpAddress"), "invalid statsd udp address");
        optionalAddress(text(config, "envoyMetricsServiceAddress"), "invalid envoy metrics service address");
        optionalAddress(text(config.path("envoyMetricsService"), "address"), "invalid envoy metrics service address");
        optionalAddress(text(config.path("envoyAccessLogService"), "address"), "invalid envoy access log service address");
        port(config.path("proxyAdminPort").asLong(0), "invalid proxy admin port:");
        String policy = text(config, "controlPlaneAuthPolicy");
        if (!policy.isEmpty() && !policy.equals("MUTUAL_TLS")) {
            problems.add("invalid authentication policy: unrecognized control plane auth policy \"" + policy + "\"");
        }
        port(config.path("statusPort").asLong(0), "invalid status port:");
        tracing(config.path("tracing"));
        keyProvider(config.path("privateKeyProvider"));
        connectionSettings(config.path("connectionSettings"));
    }

    private void tracing(JsonNode tracing) {
        JsonNode lightstep = tracing.path("lightstep");
        if (!lightstep.isMissingNode()) {
            required(lightstep, "address", "invalid lightstep config: address is required");
            address(text(lightstep, "address"), "invalid lightstep config: invalid lightstep address:");
            required(lightstep, "accessToken", "invalid lightstep config: access token is required");
        }
        for (String tracer : List.of("zipkin", "datadog")) {
            if (tracing.has(tracer)) {
                address(text(tracing.path(tracer), "address").replace("$(HOST_IP)", "127.0.0.1"), "invalid " + tracer + " config:");
            }
        }
        tls(tracing.path("tlsSettings"));
    }

    private void tls(JsonNode tls) {
        String mode = text(tls, "mode");
        boolean mutual = mode.equals("MUTUAL");
        if (!mutual && !mode.equals("SIMPLE")) {
            return;
        }
        String prefix = "invalid tracing TLS config: ";
        boolean credential = tls.has("credentialName");
        if (tls.path("insecureSkipVerify").asBoolean(false)
                && (tls.has("caCertificates") || tls.has("subjectAltNames") || (!mutual && credential))) {
            problems.add(prefix + "cannot specify " + (mutual
                    ? "CaCertificates or SubjectAltNames"
                    : "CaCertificates or CredentialName or SubjectAltNames") + " when InsecureSkipVerify is set true");
        }
        if (credential) {
            if (tls.has("clientCertificate") || tls.has("caCertificates") || tls.has("privateKey") || tls.has("caCrl")) {
                problems.add(prefix + "cannot specify client certificates or CA certificate or CA CRL if credentialName is set");
            }
        } else if (mutual) {
            required(tls, "clientCertificate", prefix + "client certificate required for mutual tls");
            required(tls, "privateKey", prefix + "private key required for mutual tls");
        }
    }

    private void keyProvider(JsonNode provider) {
        if (provider.isMissingNode()) {
            return;
        }
        JsonNode delay = provider.path(provider.has("qat") ? "qat" : "cryptomb").path("pollDelay");
        if (provider.isEmpty()) {
            problems.add("invalid private key provider configuration: private key provider configuration is required");
        } else if (delay.isMissingNode() || delay.asString("").equals("0s")) {
            problems.add("invalid private key provider configuration: pollDelay "
                    + (delay.isMissingNode() ? "is required" : "must be non zero"));
        }
    }

    private void connectionSettings(JsonNode settings) {
        for (var setting : settings.properties()) {
            if (setting.getKey().endsWith("Timeout") && setting.getValue().asString("").startsWith("-")) {
                problems.add("invalid connection settings: " + setting.getKey() + " must not be negative");
            }
        }
    }

    private void drain(String duration) {
        ProtoDuration drain = ProtoDuration.parse(duration);
        if (drain == null || drain.nanos() < 1_000_000) {
            problems.add("invalid drain duration: duration must be greater than 1ms");
        } else if (drain.nanos() % 1_000_000 != 0) {
            problems.add("invalid drain duration: only durations to ms precision are supported");
        } else if (drain.nanos() % 1_000_000_000 != 0) {
            problems.add("drain time only supports durations to seconds precision");
        }
    }

    private void required(JsonNode node, String field, String message) {
        if (text(node, field).isEmpty()) {
            problems.add(message);
        }
    }

    private void port(long port, String prefix) {
        if (port < 1 || port > 65535) {
            problems.add(prefix + " port number " + port + " must be in the range 1..65535");
        }
    }

    private void optionalAddress(String address, String prefix) {
        if (!address.isEmpty()) {
            address(address, prefix + " \"" + address + "\":");
        }
    }

    private void address(String address, String prefix) {
        String problem = Addresses.problem(address);
        if (problem != null) {
            problems.add(prefix + " " + problem);
        }
    }

    private static String text(@Nullable JsonNode node, String field) {
        return node == null ? "" : node.path(field).asString("");
    }
}
