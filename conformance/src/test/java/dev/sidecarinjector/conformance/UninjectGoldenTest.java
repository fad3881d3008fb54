package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.sidecarctl.Environment;
import dev.sidecarinjector.sidecarctl.SidecarCtl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code uninject(inject(x)) == x} for every golden case's input and every manifest of the corpus, in the form that {@link PlainForm} describes. */
@WithConformanceData
class UninjectGoldenTest {
    private static final List<String> FILES = List.of("--injectConfigFile", "config", "--valuesFile", "values", "--meshConfigFile", "mesh");

    /** The first asks for a template that does not ship; the second has a probe of a port that no container has, which no record can hold. */
    private static final Set<String> UNFIT = Set.of("gateway", "deployment-probes");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> withTheReferencesTemplates() {
        return cases(CaseConfiguration::reference);
    }

    @TestFactory
    Stream<DynamicTest> withOurOwnTemplateAndValues() {
        return cases(CaseConfiguration::shipped);
    }

    @TestFactory
    Stream<DynamicTest> theCorpusWithWhatShips() {
        return Corpus.NAMES.stream().filter(name -> !UNFIT.contains(name)).map(name -> DynamicTest.dynamicTest(name,
                () -> check(Corpus.yaml(name), KubeInject.run(Corpus.yaml(name)), List.of("--offline"), Environment.of(folder))));
    }

    private Stream<DynamicTest> cases(Function<GoldenCase, CaseConfiguration> texts) {
        return ConformanceData.goldenCases().stream().filter(golden -> golden.kubeInject() && golden.errorPart() == null).map(
                golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    Environment environment = Environment.of(folder).withVariables(golden.features())
                            .withNodes(FakeCluster.of(golden).nodes());
                    String manifest = ConformanceData.text(golden.input());
                    check(manifest, KubeInject.run(texts.apply(golden), manifest, environment), FILES, environment);
                }));
    }

    private static void check(String manifest, KubeInject injected, List<String> configuration, Environment environment) {
        assertThat(injected.status()).as(injected.err()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = Stream.concat(Stream.of("uninject", "-f", "-"), configuration.stream()).toArray(String[]::new);
        int status = SidecarCtl.run(arguments, new ByteArrayInputStream(injected.out().getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), environment);
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<JsonNode> expected = YamlTrees.readAll(manifest).stream().map(PlainForm::of).toList();
        List<JsonNode> actual = YamlTrees.readAll(out.toString(StandardCharsets.UTF_8)).stream().map(PlainForm::of).toList();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Sameness.difference(expected.get(i), actual.get(i))).as("document " + i).isNull();
        }
    }

}
