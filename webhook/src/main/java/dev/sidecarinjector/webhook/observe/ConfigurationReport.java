package dev.sidecarinjector.webhook.observe;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.MeshConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is active, for a person who asks whether two replicas have the same: texts as SHA-256 only, since values and mesh settings can hold
 * credentials.
 */
public final class ConfigurationReport {
    private ConfigurationReport() {}

    /**
     * Describes a configuration.
     *
     * @param config the texts that it was read from
     * @param origin where they came from: a folder, or ConfigMaps with their resource versions
     * @param loaded when they became active
     */
    public static ObjectNode of(Configuration configuration, String config, String values, String mesh, String origin, Instant loaded) {
        ObjectNode report = JsonMapper.shared().createObjectNode()
                .put("revision", configuration.features().revision())
                .put("version", ProcessMetrics.version())
                .put("origin", origin)
                .put("loaded", loaded.toString());
        ObjectNode inject = report.putObject("config").put("sha256", sha256(config)).put("policy", configuration.inject().policy());
        configuration.inject().defaultTemplates().forEach(inject.putArray("defaultTemplates")::add);
        ObjectNode hashes = inject.putObject("templates");
        new TreeMap<>(configuration.inject().templates())
                .forEach((name, template) -> hashes.putObject(name).put("sha256", sha256(template.text())));
        new TreeMap<>(configuration.inject().aliases())
                .forEach((name, templates) -> templates.forEach(inject.withObjectProperty("aliases").putArray(name)::add));
        report.putObject("values").put("sha256", sha256(values));
        MeshConfig settings = configuration.mesh();
        report.putObject("mesh")
                .put("sha256", sha256(mesh))
                .put("rootNamespace", settings.rootNamespace())
                .put("trustDomain", settings.trustDomain())
                .put("enablePrometheusMerge", settings.enablePrometheusMerge())
                .put("inboundTrafficPolicyMode", settings.inboundTrafficPolicyMode());
        report.put("nativeSidecars", configuration.features().nativeSidecars().name());
        configuration.warnings().forEach(report.putArray("warnings")::add);
        return report;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
