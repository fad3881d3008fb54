package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.text.Json;
import dev.sidecarinjector.iptablesinit.verify.Outcome.Verdict;
import java.util.List;
import java.util.stream.Collectors;

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
        return outcomes.stream()
                .map(outcome -> "    {\"check\": " + Json.quoted(outcome.subject()) + ", \"result\": "
                        + Json.quoted(outcome.verdict().words())
                        + ", \"expected\": " + Json.quoted(outcome.expected()) + ", \"seen\": " + Json.quoted(outcome.seen())
                        + ", \"reason\": " + Json.quoted(outcome.reason()) + "}")
                .collect(Collectors.joining(",\n", "{\n  \"holds\": " + holds() + ",\n  \"checks\": [\n", "\n  ]\n}\n"));
    }
}
