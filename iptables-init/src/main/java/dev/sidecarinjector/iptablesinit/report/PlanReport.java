package dev.sidecarinjector.iptablesinit.report;

import dev.sidecarinjector.capture.rules.Why;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.state.Change;
import dev.sidecarinjector.capture.text.SettingText;
import dev.sidecarinjector.iptablesinit.apply.Difference;
import java.util.List;
import java.util.stream.Collectors;

/** What a run would change. */
public final class PlanReport {
    private static final Why UNWANTED = new Why("These settings do not ask for it.", List.of());

    private PlanReport() {}

    /** Each program with its changes; what stays is only counted. */
    public static String text(Difference difference, CaptureSettings settings) {
        StringBuilder text = new StringBuilder();
        for (Difference.Part part : difference.parts()) {
            List<Change> changes = changes(part);
            text.append(part.name()).append(" (").append(part.why()).append("): ").append(changes.size()).append(" to change, ")
                    .append(part.changes().size() - changes.size()).append(" to keep\n");
            Columns columns = new Columns();
            for (Change change : changes) {
                Why why = why(change);
                String asked = why.settings().stream().map(setting -> SettingText.of(settings, setting)).collect(Collectors.joining("; "));
                columns.add(what(change), change.table() + "/" + change.chain(), rule(change),
                        why.sentence() + (asked.isEmpty() ? "" : " (" + asked + ")"));
            }
            text.append(columns);
        }
        difference.remarks().forEach(remark -> text.append("Note: ").append(remark).append('\n'));
        return text.toString();
    }

    /** An object with the members {@code changed, programs, remarks}; rules that stay are listed too. */
    public static String json(Difference difference, CaptureSettings settings) {
        return new JsonObject().flag("changed", !difference.isNone())
                .objects("programs", difference.parts().stream().map(part -> new JsonObject().text("program", part.name())
                        .text("why", part.why()).objects("changes", part.changes().stream().map(change -> json(change, settings)).toList()))
                        .toList())
                .texts("remarks", difference.remarks()) + "\n";
    }

    private static JsonObject json(Change change, CaptureSettings settings) {
        Why why = why(change);
        return new JsonObject().text("change", what(change)).text("table", change.table()).text("chain", change.chain())
                .text("rule", rule(change)).text("why", why.sentence()).raw("settings", why.settings().stream()
                        .map(setting -> SettingText.json(settings, setting)).collect(Collectors.joining(", ", "[", "]")));
    }

    private static List<Change> changes(Difference.Part part) {
        return part.changes().stream().filter(change -> !(change instanceof Change.Keep)).toList();
    }

    private static String what(Change change) {
        return switch (change) {
            case Change.Keep _ -> "keep";
            case Change.Add _ -> "add";
            case Change.Remove _ -> "remove";
            case Change.OutOfOrder _ -> "move";
            case Change.RemoveChain _ -> "remove chain";
        };
    }

    private static String rule(Change change) {
        return switch (change) {
            case Change.Keep keep -> keep.rule();
            case Change.Add add -> add.rule();
            case Change.Remove remove -> remove.rule();
            case Change.OutOfOrder misplaced -> misplaced.rule();
            case Change.RemoveChain _ -> "";
        };
    }

    private static Why why(Change change) {
        return switch (change) {
            case Change.Keep keep -> keep.why();
            case Change.Add add -> add.why();
            case Change.OutOfOrder misplaced -> misplaced.why();
            case Change.Remove _,Change.RemoveChain _ -> UNWANTED;
        };
    }
}
