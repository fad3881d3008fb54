package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.gotemplate.ReadPaths;
import dev.sidecarinjector.injection.render.TemplateFunctions;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The defaults that the program reads, their explanation, the page and the schema say the same of every key. */
class ValuesTextsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final Path FILE = ROOT.resolve("templates/src/main/resources/dev/sidecarinjector/templates/values.yaml");
    private static final Path PAGE = ROOT.resolve("docs/reference/values.md");

    @Test
    void theExplainedFileAndThePageAreThoseOfTheSchema() throws IOException {
        compare(FILE, ValuesTexts.file());
        compare(PAGE, ValuesTexts.page());
    }

    private static void compare(Path path, String text) throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path)).as("%s; its first line says how to renew it", path).isEqualTo(text);
    }

    @Test
    void theExplainedFileSaysTheDefaultsThatTheProgramReads() throws IOException {
        assertThat(YamlTrees.read(Files.readString(FILE))).isEqualTo(ConformanceData.JSON.readTree(ShippedTemplates.values()));
    }

    @Test
    void theDefaultsOfTheSchemaAreThoseThatTheProgramReads() {
        Map<String, String> shipped = new TreeMap<>();
        leaves("", ConformanceData.JSON.readTree(ShippedTemplates.values()), shipped);
        Map<String, String> described = ValuesKeys.all().stream().filter(ValuesKeys.Key::hasDefault)
                .collect(Collectors.toMap(ValuesKeys.Key::path, key -> key.schema().path("default").toString(), (one, _) -> one,
                        TreeMap::new));
        assertThat(described).isEqualTo(shipped);
    }

    @Test
    void everyKeyHasAMeaningWordsForWhatFitsAndAPlaceOnThePage() {
        assertThat(ValuesKeys.leaves()).hasSizeGreaterThan(60).allSatisfy(key -> {
            assertThat(key.meaning()).as(key.path()).isNotEmpty();
            assertThat(key.expected()).as(key.path()).isNotEmpty();
            assertThat(ValuesTexts.isTopic(key.topic())).as("%s: the topic \"%s\"", key.path(), key.topic()).isTrue();
        });
    }

    /** @param atLeast how many are read, so that a walk that sees nothing is noticed */
    @ParameterizedTest
    @CsvSource({"sidecar, 45", "gateway, 25", "grpc-simple, 1", "grpc-agent, 25", "envoy, 15", "mosn, 12"})
    void everyKeyThatATemplateReadsIsDescribed(String template, int atLeast) {
        Set<String> described = ValuesKeys.all().stream().map(ValuesKeys.Key::path).collect(Collectors.toCollection(TreeSet::new));
        Set<String> read = read(template);
        assertThat(read).hasSizeGreaterThanOrEqualTo(atLeast).isSubsetOf(described);
    }

    @Test
    void everyKeyThatIsDescribedIsReadBySomebody() {
        Set<String> read = new TreeSet<>(Set.of("global.hub", "global.tag", "global.variant",
                "sidecarInjectorWebhook.rewriteAppHTTPProbe", "sidecarInjectorWebhook.enableNamespacesByDefault"));
        ShippedTemplates.NAMES.forEach(name -> read.addAll(read(name)));
        assertThat(ValuesKeys.leaves()).extracting(ValuesKeys.Key::path)
                .allMatch(path -> read.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "."))
                        || path.equals("gateways.seccompProfile"));
    }

    private static Set<String> read(String template) {
        return ReadPaths.of(template, ShippedTemplates.template(template), "Values", TemplateFunctions.all(Map.of()));
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
