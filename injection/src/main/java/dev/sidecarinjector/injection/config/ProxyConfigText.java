package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of an annotation {@code proxy.istio.io/config}, read once. Pods of one workload carry the same text, so the outcomes are kept; they
 * depend on nothing else.
 *
 * @param fields   in canonical form, zeros included; null where the text cannot be read
 * @param problems why it cannot be read, or what it breaks on top of the built-in defaults; empty where all is well
 * @param unknown  paths of fields that are not known and are ignored
 */
public record ProxyConfigText(@Nullable ObjectNode fields, List<String> problems, List<String> unknown) {
    private static final int MAX_ENTRIES = 256;
    private static final int MAX_CHARS = 8192;
    private static final Map<String, ProxyConfigText> KNOWN = new ConcurrentHashMap<>();

    public static ProxyConfigText parse(String yaml) {
        ProxyConfigText known = KNOWN.get(yaml);
        if (known != null) {
            return known;
        }
        ProxyConfigText parsed = read(yaml);
        if (yaml.length() <= MAX_CHARS) {
            if (KNOWN.size() >= MAX_ENTRIES) {
                KNOWN.clear();
            }
            KNOWN.put(yaml, parsed);
        }
        return parsed;
    }

    private static ProxyConfigText read(String yaml) {
        try {
            List<String> unknown = new ArrayList<>();
            ObjectNode fields = ProxyConfig.read(YamlReader.read(yaml), "", unknown);
            List<String> problems = ProxyConfigRules.problems(ProxyConfig.defaults().apply(fields, false, true));
            return new ProxyConfigText(fields, List.copyOf(problems), List.copyOf(unknown));
        } catch (YamlException e) {
            return new ProxyConfigText(null, List.of("line " + e.line() + ", column " + e.column() + ": " + e.getMessage()), List.of());
        } catch (ConfigurationException e) {
            return new ProxyConfigText(null, List.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    ObjectNode fieldsOrThrow() {
        if (fields == null) {
            throw new ConfigurationException(String.join("; ", problems));
        }
        return fields;
    }
}
