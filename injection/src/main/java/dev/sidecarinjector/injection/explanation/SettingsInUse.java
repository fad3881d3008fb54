package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.annotation.Setting;
import dev.sidecarinjector.injection.annotation.Settings;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.EffectiveProxyConfig;
import dev.sidecarinjector.injection.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for one pod, setting by setting: the table says where each value comes from if the pod does not give it. */
final class SettingsInUse {
    /** {@code `global.proxy.logLevel` of the values, warning}: a path, where it is looked up, and what holds without it. */
    private static final Pattern FALLBACK = Pattern.compile("`([^`]+)` of the (values|mesh|proxy config)(?:, (.+))?");
    /** A value, as opposed to words about how one comes about. */
    private static final Pattern LITERAL = Pattern.compile("[a-z]+");
    private static final List<Setting.Reader> READ = List.of(Setting.Reader.TEMPLATE, Setting.Reader.ENGINE, Setting.Reader.BOTH);

    private final JsonNode metadata;
    private final Configuration configuration;
    private final ObjectNode proxyConfig;

    private SettingsInUse(JsonNode metadata, Configuration configuration, ObjectNode proxyConfig) {
        this.metadata = metadata;
        this.configuration = configuration;
        this.proxyConfig = proxyConfig;
    }

    static List<SettingInUse> of(ObjectNode pod, InjectionContext context, Configuration configuration) {
        SettingsInUse settings = new SettingsInUse(pod.path("metadata"), configuration, proxyConfig(pod, context, configuration).tree());
        List<SettingInUse> all = new ArrayList<>();
        for (Setting setting : Settings.table()) {
            if (setting.kind() != Setting.Kind.ENVIRONMENT && READ.contains(setting.reader())) {
                all.add(settings.of(setting));
            }
        }
        return all;
    }

    private static ProxyConfig proxyConfig(ObjectNode pod, InjectionContext context, Configuration configuration) {
        String own = pod.path("metadata").path("annotations").path("proxy.istio.io/config").asString(null);
        try {
            return EffectiveProxyConfig.of(context, pod, configuration.mesh(), own);
        } catch (ConfigurationException | InjectionException _) {
            return configuration.mesh().defaultConfig();
        }
    }

    private SettingInUse of(Setting setting) {
        boolean label = setting.kind() == Setting.Kind.LABEL;
        JsonNode own = metadata.path(label ? "labels" : "annotations").path(setting.name());
        if (!own.isMissingNode() && !own.isNull()) {
            return new SettingInUse(setting, own.asString(""), label ? "label" : "annotation");
        }
        Matcher fallback = FALLBACK.matcher(setting.fallback());
        if (!fallback.matches()) {
            String text = setting.fallback().replace("`", "");
            boolean literal = LITERAL.matcher(setting.fallback()).matches();
            return new SettingInUse(setting, text, text.isEmpty() ? "not set" : literal ? "default" : "worked out for each pod");
        }
        String path = fallback.group(1);
        String value = lookedUp(path, fallback.group(2));
        if (!value.isEmpty()) {
            return new SettingInUse(setting, value, fallback.group(2) + " " + path);
        }
        String otherwise = fallback.group(3) == null ? "" : fallback.group(3);
        return new SettingInUse(setting, otherwise, otherwise.isEmpty() ? "not set" : "default");
    }

    private String lookedUp(String path, String place) {
        if (place.equals("values")) {
            return text(configuration.values().tree(), path);
        }
        if (place.equals("proxy config")) {
            return text(proxyConfig, path);
        }
        return path.equals("enablePrometheusMerge") ? Boolean.toString(configuration.mesh().enablePrometheusMerge()) : "";
    }

    private static String text(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.isContainer() ? (node.isEmpty() ? "" : node.toString()) : node.asString("");
    }
}
