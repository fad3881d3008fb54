package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.iptablesinit.report.JsonObject;
import dev.sidecarinjector.iptablesinit.verify.Outcome.Verdict;
import java.util.List;

/** What all the checks gave. */
public record Report(List<Outcome> outcomes) {
    private static final int WIDEST = Verdict.NOT_CHECKED.words().length();

    private long count(Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
    }

    /** Whether something was checked, and no check failed. */
    public boolean holds() {
        return !hasFailed() && count(Verdict.OK) > 0;
    }

    /** Whether something that must be captured is not, or the other way round. */
    public boolean hasFailed() {
        return count(Verdict.FAILED) > 0;
    }

    /** A line for each check, and one for all. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            String verdict = outcome.verdict() == Verdict.FAILED ? "FAILED" : outcome.verdict().words();
            text.append(verdict).append(" ".repeat(WIDEST - verdict.length())).append("  ").append(outcome.subject()).append(": ");
            if (!outcome.expected().isEmpty()) {
                text.append("expected ").append(outcome.expected());
                text.append(outcome.reason().isEmpty() ? "" : " (" + outcome.reason() + ")");
                text.append(outcome.verdict() == Verdict.NOT_CHECKED ? "; not checked: " : "; seen: ");
            }
            text.append(outcome.seen()).append('\n');
        }
        return text.append(count(Verdict.OK)).append(" ok, ").append(count(Verdict.FAILED)).append(" failed, ")
                .append(count(Verdict.NOT_CHECKED)).append(" not checked\n").toString();
    }

    /** One object; {@code result} of a check is {@code ok}, {@code failed} or {@code not checked}. */
    public String json() {
        return new JsonObject().flag("holds", holds()).objects("checks", outcomes.stream().map(Report::json).toList()) + "\n";
    }

    private static JsonObject json(Outcome outcome) {
        return new JsonObject().text("check", outcome.subject()).text("result", outcome.verdict().words())
                .text("expected", outcome.expected()).text("seen", outcome.seen()).text("reason", outcome.reason());
    }
}
