package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.sidecarctl.cases.Case;
import dev.sidecarinjector.sidecarctl.cases.CaseFolder;
import dev.sidecarinjector.sidecarctl.cases.CaseInjection;
import dev.sidecarinjector.sidecarctl.cases.CaseResult;
import dev.sidecarinjector.sidecarctl.cases.JunitXml;
import dev.sidecarinjector.sidecarctl.cases.Report;
import dev.sidecarinjector.sidecarctl.cases.TemplateCoverage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code sidecarctl test}: pods with what must become of them, and how much of the templates that shows. */
final class TestCases {
    private final Inspection inspection;
    private final Console console;
    private final Environment environment;

    TestCases(Inspection inspection, Console console, Environment environment) {
        this.inspection = inspection;
        this.console = console;
        this.environment = environment;
    }

    ExitStatus run() {
        try {
            return runCases();
        } catch (CommandFailure e) {
            boolean trouble = e.status() == ExitStatus.FAILED || e.status() == ExitStatus.USAGE;
            throw trouble ? new CommandFailure(ExitStatus.TROUBLE, e.getMessage()) : e;
        }
    }

    private ExitStatus runCases() {
        boolean json = inspection.choice(InspectionFlag.TEST_FORMAT, "text", "json").equals("json");
        boolean colour = inspection.colour(InspectionFlag.TEST_COLOR, console, environment);
        double minimum = percent(inspection.value(InspectionFlag.COVERAGE_MINIMUM));
        if (inspection.named().isEmpty()) {
            throw new CommandFailure("nothing to test: name a folder with cases (see sidecarctl test --help)");
        }
        CaseFolder.Content content = CaseFolder.read(inspection.named(), environment);
        if (!content.problems().isEmpty()) {
            throw new CommandFailure(String.join("\nError: ", content.problems()));
        }
        CaseInjection injection = new CaseInjection();
        List<CaseResult> results = new ArrayList<>();
        for (Case one : chosen(content.cases())) {
            results.add(injection.run(one));
        }
        Report report = new Report(results, TemplateCoverage.of(injection.coverage()), minimum);
        console.out().print(json
                ? JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n"
                : report.text(inspection.own().containsKey(InspectionFlag.COVERAGE), colour));
        console.out().flush();
        writeJunit(report);
        return report.anyProblem() ? ExitStatus.TROUBLE : report.allPassed() ? ExitStatus.OK : ExitStatus.CASE_FAILED;
    }

    private List<Case> chosen(List<Case> cases) {
        String filter = inspection.value(InspectionFlag.FILTER);
        List<Case> chosen = cases.stream().filter(one -> one.title().contains(filter)).toList();
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    "no case has \"" + filter + "\" in its file's name or its own (" + cases.size() + " cases were looked at)");
        }
        return chosen;
    }

    private static double percent(String text) {
        try {
            double percent = Double.parseDouble(text.strip());
            if (percent >= 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new CommandFailure("invalid value \"" + text + "\" for " + InspectionFlag.COVERAGE_MINIMUM.longName()
                + ": expected a number from 0 to 100");
    }

    private void writeJunit(Report report) {
        String file = inspection.given(InspectionFlag.JUNIT);
        if (file != null) {
            try (Output out = Output.open(file, console.out(), environment)) {
                out.write(JunitXml.of(report).getBytes(StandardCharsets.UTF_8));
                out.commit();
            }
        }
    }
}
