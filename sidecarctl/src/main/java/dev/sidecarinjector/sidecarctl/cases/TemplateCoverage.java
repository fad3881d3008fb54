package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.gotemplate.Coverage;
import dev.sidecarinjector.gotemplate.Coverage.Count;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many of one template's branches the cases took.
 *
 * @param branches in the order of the text
 */
public record TemplateCoverage(String template, List<Count> branches) {
    public TemplateCoverage {
        branches = List.copyOf(branches);
    }

    /**
     * The templates that count: those that the cases bring; where they bring none, those of the shipped ones that were rendered.
     */
    public static List<TemplateCoverage> of(Coverage coverage) {
        Set<String> shipped = new HashSet<>();
        ShippedTemplates.NAMES.forEach(name -> shipped.add(ShippedTemplates.template(name).stripTrailing()));
        List<TemplateCoverage> own = new ArrayList<>();
        List<TemplateCoverage> rendered = new ArrayList<>();
        coverage.counts().forEach((parsed, counts) -> {
            boolean any = counts.stream().anyMatch(count -> count.times() > 0);
            if (!shipped.contains(parsed.text().stripTrailing())) {
                own.add(new TemplateCoverage(parsed.name(), counts));
            } else if (any) {
                rendered.add(new TemplateCoverage(parsed.name(), counts));
            }
        });
        return own.isEmpty() ? rendered : own;
    }

    public int total() {
        return branches.size();
    }

    public int taken() {
        return total() - missing().size();
    }

    public List<Count> missing() {
        return branches.stream().filter(count -> count.times() == 0).toList();
    }

    /** Of a template without branches all are taken. */
    double percent() {
        return total() == 0 ? 100 : 100.0 * taken() / total();
    }

    /** {@code sidecar: 87 of 120 branches} */
    String summary() {
        return template + ": " + taken() + " of " + total() + " branches";
    }

    String place(Count count) {
        return template + ":" + count.branch().line() + ":" + count.branch().column();
    }
}
