package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page about values has every key with its default and a meaning, and no other. */
class ValuesPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| (?:`(.*?)`|–) \\| (\\S.*?) \\|$");
    private static final Map<String, String> DEFAULTS = new TreeMap<>();
    private static final Set<String> WITHOUT_DEFAULT = new TreeSet<>();

    @BeforeAll
    static void read() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of(System.getProperty("project.root", ".."), "docs", "reference", "values.md")));
        while (row.find()) {
            if (row.group(2) == null) {
                WITHOUT_DEFAULT.add(row.group(1));
            } else {
                DEFAULTS.put(row.group(1), row.group(2));
            }
        }
    }

    @Test
    void everyDefaultIsOnThePage() {
        Map<String, String> shipped = new TreeMap<>();
        leaves("", ConformanceData.JSON.readTree(ShippedTemplates.values()), shipped);
        assertThat(DEFAULTS).isEqualTo(shipped);
    }

    @Test
    void everyKeyThatTheTemplateReadsIsOnThePage() {
        Set<String> read = new TreeSet<>();
        Matcher path = Pattern.compile("(\\.global|\\$global|\\.proxy|\\$proxy|\\.Values)((?:\\.[a-zA-Z_]+)+)")
                .matcher(ShippedTemplates.template("sidecar"));
        while (path.find()) {
            String prefix = path.group(1).contains("global") ? "global." : path.group(1).contains("proxy") ? "global.proxy." : "";
            read.add(prefix + path.group(2).substring(1));
        }
        assertThat(read).hasSizeGreaterThan(40).allMatch(ValuesPageTest::isOnThePage, "is on the page, or begins keys that are");
    }

    private static boolean isOnThePage(String key) {
        return DEFAULTS.containsKey(key) || WITHOUT_DEFAULT.contains(key)
                || DEFAULTS.keySet().stream().anyMatch(other -> other.startsWith(key + "."));
    }

    private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> leaves(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), leaves));
        } else {
            leaves.put(path, node.toString());
        }
    }
}
