package dev.sidecarinjector.sidecarctl.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.sidecarctl.Environment;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of the templates that ship, one test each; together they take every branch that can be taken. */
class ShippedTemplatesCasesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final String LIST_THAT_IS_NOT_EMPTY = "range .: nothing to go through";
    /** Mesh settings without a trust domain are refused, so the answer to that is there for other programs than ours. */
    private static final List<String> NO_TRUST_DOMAIN = List.of("with or $global.meshID $trustDomain: not taken",
            "with $trustDomain: not taken");
    /** Its list is written in the template, or asked for just before. */
    private static final List<String> ENVOY = List.of(
            "range $suffix, $probe := dict \"readyz\" .ReadinessProbe \"livez\" .LivenessProbe \"s...: nothing to go through",
            "range $suffix, $hook := dict \"prestopz\" .PreStop \"poststartz\" .PostStart: nothing to go through",
            "range .probes: nothing to go through", "range .probes: nothing to go through",
            LIST_THAT_IS_NOT_EMPTY);
    /** Two lists that are written in the template, and secrets that were asked for just before. */
    private static final List<String> MOSN = List.of("range list \"15001\" \"15006\": nothing to go through",
            "range list (dict \"name\" \"outbound\" \"type\" \"egress\" \"port\" \"15001\") (dict \"name\" ...: nothing to go through",
            LIST_THAT_IS_NOT_EMPTY);
    /** What no case can take: a range within a with over the same list has something to go through. */
    private static final Map<String, List<String>> NEVER_TAKEN = Map.of(
            "sidecar", List.of("range $name, $value := .: nothing to go through", "with or .global.meshID $trustDomain: not taken",
                    NO_TRUST_DOMAIN.getLast(), LIST_THAT_IS_NOT_EMPTY),
            "gateway", List.of(NO_TRUST_DOMAIN.getFirst(), NO_TRUST_DOMAIN.getLast(), LIST_THAT_IS_NOT_EMPTY),
            "grpc-agent", List.of(NO_TRUST_DOMAIN.getFirst(), NO_TRUST_DOMAIN.getLast(), LIST_THAT_IS_NOT_EMPTY),
            "grpc-simple", List.of(),
            "envoy", ENVOY, "mosn", MOSN);

    private static final CaseInjection INJECTION = new CaseInjection();

    @TestFactory
    Stream<DynamicTest> everyCasePasses() {
        CaseFolder.Content content = CaseFolder.read(List.of("templates/src/test/cases"), Environment.of(ROOT));
        assertThat(content.problems()).isEmpty();
        assertThat(content.cases()).hasSizeGreaterThan(150);
        return content.cases().stream().map(one -> DynamicTest.dynamicTest(one.title(), () -> {
            assertThat(one.because()).as("why it matters").isNotBlank();
            CaseResult result = INJECTION.run(one);
            assertThat(result.passed()).as("%s\n%s", one.place(), String.join("\n", Report.details(result))).isTrue();
        }));
    }

    /** After all cases, whose renderings it counts. */
    @AfterAll
    static void everyBranchThatCanBeTakenIs() {
        List<TemplateCoverage> all = TemplateCoverage.of(INJECTION.coverage());
        assertThat(all.stream().map(TemplateCoverage::template)).as("templates with cases")
                .containsExactlyInAnyOrderElementsOf(ShippedTemplates.NAMES);
        for (TemplateCoverage template : all) {
            assertThat(template.missing().stream().map(count -> count.branch().text()))
                    .as("%s: branches without a case", template.template())
                    .containsExactlyInAnyOrderElementsOf(NEVER_TAKEN.getOrDefault(template.template(), List.of()));
        }
    }
}
