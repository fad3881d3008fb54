package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.gotemplate.Coverage.Parsed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final String CHAIN = "x{{ if .a }}A{{ else if .b }}B{{ else }}C{{ end }}";
    private final Coverage coverage = new Coverage();

    private String render(String text, Map<String, ?> data) {
        return Template.parse("t", text, Map.of(), coverage).render(data, Limits.DEFAULT).text();
    }

    /** {@code line:column text times} of every branch. */
    private List<String> counts(String text) {
        return coverage.counts().get(new Parsed("t", text)).stream().map(count -> count.branch().line() + ":" + count.branch().column()
                + " " + count.branch().text() + " " + count.times()).toList();
    }

    @Test
    void everyWayThroughAChainIsABranchOfItsOwn() {
        assertThat(render(CHAIN, Map.of("b", 1))).isEqualTo("xB");
        assertThat(counts(CHAIN)).containsExactly("1:5 if .a 0", "1:17 else if .b 1", "1:34 else 0");
    }

    @Test
    void anElseThatIsNotWrittenIsABranchToo() {
        String text = "{{ if .a }}A{{ end }}\n{{- with .b }}{{ . }}{{ end }}";
        assertThat(render(text, Map.of("b", "B"))).isEqualTo("B");
        assertThat(counts(text)).containsExactlyInAnyOrder("1:4 if .a 0", "1:4 if .a: not taken 1", "2:5 with .b 1",
                "2:5 with .b: not taken 0");
    }

    @Test
    void aChainWithoutElseHasOneMoreWay() {
        String text = "{{ if .a }}A{{ else if .b }}B{{ end }}";
        assertThat(render(text, Map.of())).isEmpty();
        assertThat(counts(text)).containsExactlyInAnyOrder("1:4 if .a 0", "1:16 else if .b 0", "1:4 if .a: no branch taken 1");
    }

    @Test
    void aRangeHasItsPassesAndTheCaseOfNone() {
        String text = "{{ range $k, $v := .l }}{{ if $v }}{{ break }}{{ end }}{{ end }}{{ range .none }}{{ else }}-{{ end }}";
        assertThat(render(text, Map.of("l", List.of(0, 1, 1)))).isEqualTo("-");
        assertThat(counts(text)).containsExactlyInAnyOrder("1:4 range $k, $v := .l 2", "1:4 range $k, $v := .l: nothing to go through 0",
                "1:28 if $v 1",
                "1:28 if $v: not taken 1", "1:68 range .none 0", "1:85 else 1");
    }

    @Test
    void branchesOfDefinitionsCountWhereTheyAreCalled() {
        String text = "{{ define \"d\" }}{{ if . }}{{ end }}{{ end }}{{ template \"d\" true }}{{ template \"d\" true }}";
        render(text, Map.of());
        assertThat(counts(text)).contains("1:20 if . 2", "1:20 if .: not taken 0");
    }

    @Test
    void renderingsOfOneTextAddUpAndAnotherTextOfTheNameIsAnother() {
        render(CHAIN, Map.of("a", 1));
        render(CHAIN, Map.of());
        render("no branch", Map.of());
        assertThat(counts(CHAIN)).containsExactly("1:5 if .a 1", "1:17 else if .b 0", "1:34 else 1");
        assertThat(coverage.counts()).containsEntry(new Parsed("t", "no branch"), List.of());
    }

    @Test
    void withoutCoverageATemplateHasNothingThatCounts() {
        assertThat(nodes(null)).contains("If[").doesNotContain("Counted");
        assertThat(nodes(coverage)).contains("Counted");
    }

    private static String nodes(Coverage coverage) {
        return new TemplateParser(new Source("t", "{{ if .a }}A{{ end }}"), Map.of(), coverage).parse().get("t").body().toString();
    }
}
