package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.sidecarctl.Environment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Argument vectors of the command line and what comes out. */
@WithConformanceData
class CliCasesTest {
    @TestFactory
    Stream<DynamicTest> argumentsGiveTheExpectedOutput() {
        return ConformanceData.cases().path("cliCases").valueStream()
                .map(row -> ConformanceReport.test(row.path("id").asString(), "cli", () -> check(row)));
    }

    private static void check(JsonNode row) {
        List<String> arguments = row.path("args").valueStream().map(JsonNode::asString).toList();
        KubeInject result = KubeInject.run(arguments, "", Environment.of(ConformanceData.file("cli")));
        if (row.path("wantException").asBoolean()) {
            assertThat(result.status()).isNotZero();
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).containsPattern(row.path("expectedRegexp").asString());
        } else {
            assertThat(result.status()).as(result.err()).isZero();
            // More than the reference says is welcome where it is true: one of the mesh files has a misplaced field.
            assertThat(result.err().lines().filter(line -> !line.isBlank() && !line.contains("connectTimeout is not known"))).isEmpty();
            KubeInjectGoldenTest.checkDocuments(ConformanceData.text("cli/" + row.path("expected").asString()), result.out());
        }
    }
}
