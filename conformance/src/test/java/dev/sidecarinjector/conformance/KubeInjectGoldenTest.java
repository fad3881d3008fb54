package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.sidecarctl.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every golden case through the command line. */
@WithConformanceData
class KubeInjectGoldenTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> theReferencesTemplatesGiveTheExpectedDocuments() {
        return ConformanceData.goldenCases().stream().filter(GoldenCase::kubeInject)
                .map(golden -> ConformanceReport.test(golden.name(), "kube-inject", () -> check(golden, CaseConfiguration::reference)));
    }

    @TestFactory
    Stream<DynamicTest> ourOwnTemplateAndValuesGiveTheSameDocuments() {
        return ConformanceData.goldenCases().stream().filter(GoldenCase::kubeInject).map(golden -> ConformanceReport.test(golden.name(),
                "kube-inject+own-template", () -> check(golden, CaseConfiguration::shipped)));
    }

    private void check(GoldenCase golden, Function<GoldenCase, CaseConfiguration> texts) throws Exception {
        Environment environment = Environment.of(folder).withVariables(golden.features()).withNodes(FakeCluster.of(golden).nodes());
        KubeInject result = KubeInject.run(texts.apply(golden), ConformanceData.text(golden.input()), environment);
        if (golden.errorPart() != null) {
            assertThat(result.status()).isNotZero();
            assertThat(result.err().toLowerCase(Locale.ROOT)).contains(golden.errorPart());
            return;
        }
        assertThat(result.status()).as(result.err()).isZero();
        if (golden.warningPart() != null) {
            assertThat(result.err()).contains(golden.warningPart());
        }
        checkDocuments(ConformanceData.text(golden.expected()), result.out());
    }

    static void checkDocuments(String expectedText, String actualText) {
        List<JsonNode> expected = YamlTrees.readAll(expectedText);
        List<JsonNode> actual = YamlTrees.readAll(actualText);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Sameness.difference(expected.get(i), actual.get(i))).as("document " + i).isNull();
        }
    }
}
