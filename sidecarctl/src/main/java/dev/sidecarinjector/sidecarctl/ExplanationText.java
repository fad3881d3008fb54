package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.explanation.Edit;
import dev.sidecarinjector.injection.explanation.Explanation;
import dev.sidecarinjector.injection.explanation.SettingInUse;
import dev.sidecarinjector.injection.registration.Check;
import dev.sidecarinjector.injection.registration.EntryTrace;
import dev.sidecarinjector.injection.transform.InjectionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** An explanation for a person. */
final class ExplanationText {
    private final StringBuilder out = new StringBuilder();
    private final ExplanationReport report;
    private final Explanation explanation;

    private ExplanationText(ExplanationReport report) {
        this.report = report;
        this.explanation = report.explanation();
    }

    static String of(ExplanationReport report) {
        ExplanationText text = new ExplanationText(report);
        text.write();
        return text.out.append('\n').toString();
    }

    private void write() {
        out.append(report.title()).append(": ").append(explanation.verdict().words()).append(", because ").append(report.because())
                .append('\n');
        InjectionStatus status = explanation.status();
        if (status != null) {
            line(1, (report.isPod() ? "the pod was injected by revision " : "it carries the record of an injection by revision ")
                    + (status.revision().isEmpty() ? "default" : status.revision()) + ": containers " + names(status.initContainers(),
                            status.containers()));
        } else if (report.isPod()) {
            line(1, "the pod was not injected: it has no annotation sidecar.istio.io/status");
        }
        registrations();
        decision();
        settings();
        if (!explanation.injection().warnings().isEmpty()) {
            line(0, "Warnings");
            for (Warning warning : explanation.injection().warnings()) {
                line(1, warning.line());
            }
        }
        flips();
    }

    private static String names(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return String.join(", ", all);
    }

    private void registrations() {
        line(0, "Does the API server ask the injector? " + word(explanation.asked()) + "   (registrations: "
                + report.origins().registrations()
                + "; namespace " + report.admission().namespace() + ", its labels: " + report.origins().namespaceLabels() + ")");
        for (EntryTrace entry : explanation.entries()) {
            line(1, entry.configuration() + ", " + entry.name() + ": " + word(entry.truth()));
            for (Check check : entry.checks()) {
                line(2, pad(check.name(), 18) + " " + pad(word(check.truth()), 7) + " " + check.detail());
            }
        }
        if (explanation.entries().isEmpty()) {
            line(1, "no injector is registered");
        }
    }

    private void decision() {
        line(0, "What does the injector decide? " + explanation.injection().decision().reason().sentence());
        for (Step step : explanation.injection().decision().steps()) {
            line(1, pad(step.rule(), 20) + " " + pad(step.verdict().name().toLowerCase(Locale.ROOT), 9) + " " + step.observed() + " ("
                    + step.origin()
                    + ")");
        }
        if (explanation.injection().pod() != null) {
            line(1, "templates: " + String.join(", ", explanation.templates()));
            for (ObjectNode resource : report.proxyConfigs()) {
                line(1, "ProxyConfig " + ExplanationReport.name(resource) + ": " + resource.path("spec"));
            }
        }
    }

    private void settings() {
        List<SettingInUse> set = explanation.settings().stream().filter(setting -> !setting.origin().equals("not set")).toList();
        if (explanation.injection().pod() == null || set.isEmpty()) {
            return;
        }
        line(0, "Settings");
        int width = set.stream().mapToInt(setting -> setting.setting().name().length()).max().orElse(0);
        for (SettingInUse setting : set) {
            line(1, pad(setting.setting().name(), width) + " = " + setting.value() + "   (" + setting.origin() + ")");
        }
    }

    private void flips() {
        boolean injected = explanation.verdict() == Explanation.Outcome.INJECTED;
        line(0, injected ? "Not to be injected" : "To be injected");
        for (Explanation.Flip flip : explanation.flips()) {
            line(1, "* " + flip.edits().stream().map(Edit::sentence).collect(Collectors.joining(", and ")));
        }
        if (explanation.flips().isEmpty()) {
            line(1, "no small change of labels and annotations would do");
        }
    }

    private static String word(Truth truth) {
        return switch (truth) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text.stripTrailing()).append('\n');
    }
}
