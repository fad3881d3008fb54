package dev.sidecarinjector.injection.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.HostileValues;
import dev.sidecarinjector.injection.annotation.Setting.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class HostileAnnotationsTest {
    private static List<String> findings(String name, String value) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("metadata").putObject("annotations").put(name, value);
        List<String> findings = new ArrayList<>(AnnotationRules.violations(pod));
        AnnotationRules.warnings(pod).forEach(warning -> findings.add(warning.line()));
        return findings;
    }

    @Test
    void noValueBreaksTheRules() {
        List<String> values = HostileValues.seeded(77, 400);
        for (Setting setting : Settings.table()) {
            if (setting.kind() == Kind.ANNOTATION) {
                for (String value : values) {
                    assertThat(findings(setting.name(), value)).as(setting.name()).doesNotContainNull();
                }
            }
        }
    }

    /** Texts close to real ones go deeper than noise: pieces of settings are put together at random. */
    @Test
    void noProxyConfigBreaksTheRules() {
        String[] pieces = {"statusPort", "concurrency", "tracing", "zipkin", "proxyMetadata", "drainDuration", "image", ": ", ": {", "}",
                "[", "]",
                ", ", "5s", "99999999999999999999", "1e999999999", "-1", ".nan", ".inf", "null", "~", "'", "\"", "x", "\n", "\n  ", "&a ",
                "*a", "!!str ",
                "9999999999999999999h", "1.5.2s", "serviceCluster", "discoveryAddress", "[::1]:5", "tlsSettings", "mode", "MUTUAL",
                "customTags", "<<"};
        Random random = new Random(4711);
        int readable = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("{");
            for (int n = random.nextInt(9); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            readable += findings("proxy.istio.io/config", (random.nextInt(3) == 0 ? text.substring(1) : text + "}")).isEmpty() ? 1 : 0;
        }
        assertThat(readable).as("texts that are all right").isPositive();
    }
}
