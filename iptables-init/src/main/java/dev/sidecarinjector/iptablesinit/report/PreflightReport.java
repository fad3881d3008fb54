package dev.sidecarinjector.iptablesinit.report;

import dev.sidecarinjector.iptablesinit.preflight.Check;
import java.util.List;

/** What the settings need, and whether it is there. */
public final class PreflightReport {
    private PreflightReport() {}

    /** A line for each; under what is missing stands what to do. */
    public static String text(List<Check> checks) {
        Columns columns = new Columns();
        for (Check check : checks) {
            columns.add(check.state().word(), check.what(), check.evidence());
            if (check.state() != Check.State.PRESENT && !check.remedy().isEmpty()) {
                columns.add("", "", "→ " + check.remedy());
            }
        }
        return columns.toString();
    }

    /** An object with the members {@code ready, checks}. */
    public static String json(List<Check> checks) {
        return new JsonObject().flag("ready", checks.stream().noneMatch(check -> check.state() == Check.State.MISSING))
                .objects("checks",
                        checks.stream().map(check -> new JsonObject().text("what", check.what()).text("state", check.state().word())
                                .text("evidence", check.evidence())
                                .text("remedy", check.state() == Check.State.PRESENT ? "" : check.remedy())).toList())
                + "\n";
    }
}
