package dev.sidecarinjector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.fixtures.YamlTrees;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The alert rules, judged by Prometheus' own tool. */
class AlertsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
    private static final Path RULES = ROOT.resolve("docs/alerts.yaml");
    private static final Path TESTS = ROOT.resolve("webhook/src/test/promtool/alerts.test.yaml");

    @Test
    void theRulesAreValid() throws Exception {
        promtool("check", "rules", RULES.toString());
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        promtool("test", "rules", TESTS.toString());
    }

    @Test
    void eachAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        Set<String> alerts = new TreeSet<>();
        for (JsonNode rule : YamlTrees.read(Files.readString(RULES)).path("groups").path(0).path("rules")) {
            alerts.add(rule.path("alert").asString());
        }
        Set<String> fires = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (JsonNode test : YamlTrees.read(Files.readString(TESTS)).path("tests")) {
            for (JsonNode expectation : test.path("alert_rule_test")) {
                (expectation.path("exp_alerts").isEmpty() ? quiet : fires).add(expectation.path("alertname").asString());
            }
        }
        assertThat(alerts).isNotEmpty();
        assertThat(fires).isEqualTo(alerts);
        assertThat(quiet).isEqualTo(alerts);
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        Path program = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool")).filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "promtool is not installed (Debian: the package prometheus)");
        String[] command = new String[arguments.length + 1];
        command[0] = String.valueOf(program);
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
