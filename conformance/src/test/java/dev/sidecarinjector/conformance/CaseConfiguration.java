package dev.sidecarinjector.conformance;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The three texts of an injector's configuration as a golden case wants them. JSON is YAML, so all of them are JSON. */
record CaseConfiguration(String config, String values, String mesh) {
    private static final List<String> TEMPLATES = List.of("sidecar", "gateway", "grpc-simple", "grpc-agent", "waypoint", "kube-gateway",
            "agentgateway", "agentgateway-waypoint");

    /** The reference's templates and values. */
    static CaseConfiguration reference(GoldenCase golden) {
        String values = ConformanceData.text("values/" + golden.valuesVariant() + ".json");
        return new CaseConfiguration(config(golden, ConformanceData.text("templates/sidecar.yaml")), values, mesh(golden));
    }

    /** Our own sidecar template and default values; what the case changes in the reference's values is changed in ours. */
    static CaseConfiguration shipped(GoldenCase golden) {
        ObjectNode values = (ObjectNode) ConformanceData.JSON.readTree(ShippedTemplates.values());
        overlay(values, ConformanceData.valuesVariant(golden.valuesVariant()).path("valuesDiff"));
        return new CaseConfiguration(config(golden, ShippedTemplates.template("sidecar")), values.toString(), mesh(golden));
    }

    static Features features(GoldenCase golden) {
        NativeMode mode = switch (golden.features().getOrDefault("ENABLE_NATIVE_SIDECARS", "auto")) {
            case "true" -> NativeMode.ON;
            case "false" -> NativeMode.OFF;
            default -> NativeMode.AUTO;
        };
        return new Features(mode, golden.features().getOrDefault("COMPLIANCE_POLICY", ""),
                "openshift".equals(golden.features().get("PLATFORM")), "default", Map.of());
    }

    private static String config(GoldenCase golden, String sidecar) {
        ObjectNode config = ConformanceData.JSON.createObjectNode().put("policy", "enabled");
        config.putArray("defaultTemplates").add("sidecar");
        ObjectNode templates = config.putObject("templates");
        TEMPLATES.forEach(name -> templates.put(name, ConformanceData.text("templates/" + name + ".yaml")));
        templates.put("sidecar", sidecar);
        JsonNode own = ConformanceData.JSON.readTree(ConformanceData.text("values/" + golden.valuesVariant() + ".json"))
                .path("sidecarInjectorWebhook").path("templates");
        templates.setAll((ObjectNode) own);
        return config.toString();
    }

    private static String mesh(GoldenCase golden) {
        ObjectNode mesh = (ObjectNode) YamlTrees.read(ConformanceData.text("mesh-default.yaml"));
        overlay(mesh, golden.meshOverlay());
        return mesh.toString();
    }

    /** Objects are merged; a key that ends in {@code +} appends to a list. */
    private static void overlay(ObjectNode target, JsonNode changes) {
        changes.properties().forEach(change -> {
            String key = change.getKey();
            if (key.endsWith("+")) {
                change.getValue().forEach(target.withArray(key.substring(0, key.length() - 1))::add);
            } else if (change.getValue() instanceof ObjectNode nested && target.get(key) instanceof ObjectNode existing
                    && !nested.isEmpty()) {
                overlay(existing, nested);
            } else {
                target.set(key, change.getValue());
            }
        });
    }
}
