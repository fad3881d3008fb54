package dev.sidecarinjector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.config.LoadReport;
import dev.sidecarinjector.webhook.config.Unconfigured;
import dev.sidecarinjector.webhook.server.Readiness;
import dev.sidecarinjector.webhook.server.ServerOptions;
import dev.sidecarinjector.webhook.server.Surroundings;
import dev.sidecarinjector.webhook.server.WebhookServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What /metrics shows, what docs/operations.md says of it, and what the alerts read. */
class MetricsPageTest {
    private static final Path DOCS = Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize().resolve("docs");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? [^ ]+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern DOCUMENTED = Pattern.compile("`([a-z]+_[a-z_]*\\*?)(?:\\{([a-z,]+)})?`");
    private static final Pattern SELECTED = Pattern.compile("(sidecar_[a-z_]+)(?:\\{([^}]*)})?");

    /** Samples' names with their labels' names, le left out. */
    private static final Map<String, Set<String>> SHOWN = new TreeMap<>();

    /** All parts that have metrics, with a cluster that is not there. */
    @BeforeAll
    static void ask(@TempDir Path folder) throws Exception {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {}}]
                current-context: c
                """);
        Settings settings = new Settings();
        new CommandLine(settings).setCaseInsensitiveEnumValuesAllowed(true).parseArgs("--cluster", "--kubeconfig", kubeconfig.toString());
        PrometheusRegistry registry = new PrometheusRegistry();
        Readiness readiness = new Readiness();
        Admissions admissions = new Admissions(new Unconfigured(), ClusterView.NONE);
        try (InCluster cluster = new InCluster(settings, Map.of(), readiness, registry);
                var _ = cluster.configuration(Features.of(Map.of(), "default", _ -> {
                }), admissions, events -> new LoadReport(registry, (_, _) -> {
                }, events, Clock.systemUTC()))) {
            ServedCertificate served = cluster.certificate(null);
            try (var keeper = cluster.keeper(served)) {
                keeper.start();
                Surroundings around = new Surroundings(admissions, "default", readiness, registry, AdmissionObserver.NONE, null,
                        JsonMapper.shared()::createObjectNode);
                ServerOptions options = new ServerOptions("127.0.0.1", 0, served, ServerOptions.loopback().warmUp()).withPorts(0, -1);
                try (WebhookServer server = WebhookServer.start(options, around); HttpClient http = HttpClient.newHttpClient()) {
                    URI metrics = URI.create("http://127.0.0.1:" + server.monitoringPort() + "/metrics");
                    read(http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body());
                }
            }
        }
    }

    private static void read(String page) {
        SAMPLE.matcher(page).results().forEach(sample -> {
            Set<String> labels = SHOWN.computeIfAbsent(sample.group(1), _ -> new TreeSet<>());
            labels.addAll(labels(LABEL, sample.group(2)));
            labels.remove("le");
        });
    }

    private static Set<String> labels(Pattern pattern, @Nullable String text) {
        Set<String> names = new TreeSet<>();
        if (text != null) {
            pattern.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
        }
        return names;
    }

    @Test
    void everyMetricIsOnThePageWithItsLabels() throws IOException {
        Map<String, Set<String>> documented = documented();
        for (Map.Entry<String, Set<String>> shown : SHOWN.entrySet()) {
            String family = shown.getKey().replaceFirst("_(bucket|count|sum)$", "");
            boolean covered = documented.keySet().stream().anyMatch(name -> name.endsWith("*")
                    ? family.startsWith(name.substring(0, name.length() - 1))
                    : family.equals(name) && documented.get(name).equals(shown.getValue()));
            assertThat(covered).as("%s%s in docs/operations.md", family, shown.getValue()).isTrue();
        }
    }

    @Test
    void everyMetricOfThePageIsShown() throws IOException {
        assertThat(documented()).hasSizeGreaterThan(10);
        for (String name : documented().keySet()) {
            String family = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
            assertThat(SHOWN.keySet()).as(name).anyMatch(shown -> name.endsWith("*")
                    ? shown.startsWith(family)
                    : shown.replaceFirst("_(bucket|count|sum)$", "").equals(family));
        }
    }

    @Test
    void everyMetricAndLabelThatAlertsReadIsShown() throws IOException {
        for (JsonNode rule : YamlTrees.read(Files.readString(DOCS.resolve("alerts.yaml"))).path("groups").path(0).path("rules")) {
            assertThat(SELECTED.matcher(rule.path("expr").asString()).results().toList()).as(rule.path("alert").asString()).isNotEmpty()
                    .allSatisfy(MetricsPageTest::isShown);
        }
    }

    private static void isShown(MatchResult selected) {
        assertThat(SHOWN).containsKey(selected.group(1));
        assertThat(SHOWN.get(selected.group(1))).containsAll(labels(LABEL, selected.group(2)));
    }

    private static Map<String, Set<String>> documented() throws IOException {
        String page = Files.readString(DOCS.resolve("operations.md"));
        Map<String, Set<String>> names = new TreeMap<>();
        DOCUMENTED.matcher(page).results().filter(name -> name.group(1).matches("(sidecar_|process_|jvm_).*"))
                .forEach(name -> names.computeIfAbsent(name.group(1), _ -> new TreeSet<>())
                        .addAll(labels(Pattern.compile("([a-z]+)"), name.group(2))));
        return names;
    }
}
