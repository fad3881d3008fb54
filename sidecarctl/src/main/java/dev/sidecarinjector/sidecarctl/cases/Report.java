package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.gotemplate.Coverage.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of cases has shown.
 *
 * @param minimum percent of each template's branches that are asked for; 0 for none
 */
public record Report(List<CaseResult> results, List<TemplateCoverage> coverage, double minimum) {
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    public Report {
        results = List.copyOf(results);
        coverage = List.copyOf(coverage);
    }

    public boolean anyProblem() {
        return results.stream().anyMatch(result -> result.problem() != null);
    }

    public boolean allPassed() {
        return results.stream().allMatch(CaseResult::passed) && coverage.stream().allMatch(this::isEnough);
    }

    private boolean isEnough(TemplateCoverage template) {
        return template.percent() >= minimum;
    }

    private long passed() {
        return results.stream().filter(CaseResult::passed).count();
    }

    /** @param branches whether every branch that was not taken is named */
    public String text(boolean branches, boolean colour) {
        StringBuilder out = new StringBuilder();
        for (CaseResult result : results) {
            String word = result.passed() ? "ok  " : "FAIL";
            String shown = colour ? (result.passed() ? GREEN : RED) + word + PLAIN : word;
            Case one = result.testCase();
            out.append(shown).append("  ").append(result.passed() ? one.file() : one.place()).append(": ").append(one.name()).append('\n');
            for (String line : details(result)) {
                out.append("      ").append(line).append('\n');
            }
        }
        out.append('\n').append(results.size()).append(results.size() == 1 ? " case: " : " cases: ").append(passed()).append(" passed, ")
                .append(results.size() - passed()).append(" failed\n");
        for (TemplateCoverage template : coverage) {
            out.append(template.summary());
            if (!isEnough(template)) {
                out.append(String.format(Locale.ROOT, ", which is %.1f %% and less than %s %%", template.percent(),
                        Double.toString(minimum).replaceAll("\\.0$", "")));
            }
            out.append('\n');
            if (branches) {
                template.missing().forEach(count -> out.append("  not taken: ").append(template.place(count)).append("  ")
                        .append(count.branch().text()).append('\n'));
            }
        }
        return out.toString();
    }

    /** What is told about a case that did not pass; no line for one that did. */
    static List<String> details(CaseResult result) {
        List<String> lines = new ArrayList<>();
        String because = result.testCase().because();
        if (!result.passed() && because != null) {
            lines.add("because " + because.strip());
        }
        if (result.problem() != null) {
            lines.addAll(result.problem().lines().toList());
        }
        for (Failure failure : result.failures()) {
            lines.add(failure.what());
            failure.lines().forEach(line -> line.lines().forEach(part -> lines.add("  " + part)));
        }
        return lines;
    }

    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("cases", results.size()).put("passed", passed()).put("failed", results.size() - passed());
        ArrayNode all = root.putArray("results");
        for (CaseResult result : results) {
            Case one = result.testCase();
            ObjectNode node = all.addObject().put("file", one.file()).put("line", one.line()).put("name", one.name()).put("passed",
                    result.passed());
            if (one.because() != null) {
                node.put("because", one.because());
            }
            if (result.problem() != null) {
                node.put("problem", result.problem());
            }
            for (Failure failure : result.failures()) {
                node.withArray("failures").addObject().put("what", failure.what()).put("text", String.join("\n", failure.lines()));
            }
        }
        ArrayNode templates = root.putArray("coverage");
        for (TemplateCoverage template : coverage) {
            ObjectNode node = templates.addObject().put("template", template.template()).put("taken", template.taken())
                    .put("total", template.total()).put("enough", isEnough(template));
            ArrayNode counts = node.putArray("branches");
            for (Count count : template.branches()) {
                counts.addObject().put("line", count.branch().line()).put("column", count.branch().column())
                        .put("branch", count.branch().text()).put("times", count.times());
            }
        }
        return root;
    }
}
