package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.schema.PodShape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code sidecarctl diff}: what injection changes in manifests. */
final class Diff {
    private final Inspection inspection;
    private final Console console;
    private final Environment environment;

    Diff(Inspection inspection, Console console, Environment environment) {
        this.inspection = inspection;
        this.console = console;
        this.environment = environment;
    }

    ExitStatus run() {
        String format = inspection.choice(InspectionFlag.DIFF_FORMAT, "semantic", "unified", "json");
        boolean colour = inspection.colour(InspectionFlag.COLOR, console, environment);
        try {
            return run(format, colour);
        } catch (CommandFailure e) {
            throw e.status() == ExitStatus.FAILED ? new CommandFailure(ExitStatus.TROUBLE, e.getMessage()) : e;
        }
    }

    private ExitStatus run(String format, boolean colour) {
        List<Input> inputs = Input.all(inspection.allFiles(), console.in(), environment);
        Messages messages = new Messages(console.err(), false);
        boolean different = false;
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        try (ConfigurationSources sources = new ConfigurationSources(inspection.arguments(), environment, messages)) {
            PodInjection injection = sources.injection();
            for (ManifestObjects.Found found : ManifestObjects.of(inputs)) {
                WorkloadKind kind = WorkloadKind.of(found.object().path("kind").asString(""));
                if (kind != null) {
                    DiffReport report = compare(found, kind, injection, messages);
                    different |= report.isDifferent();
                    switch (format) {
                        case "unified" -> console.out().print(report.unified(colour));
                        case "json" -> json.add(report.json());
                        default -> console.out().print(report.semantic(colour));
                    }
                }
            }
        } finally {
            messages.done();
        }
        if (format.equals("json")) {
            console.out().println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        }
        console.out().flush();
        return different ? ExitStatus.DIFFERENT : ExitStatus.OK;
    }

    private static DiffReport compare(ManifestObjects.Found found, WorkloadKind kind, PodInjection injection, Messages messages) {
        Workload workload = found.workload(kind);
        ObjectNode before = found.object().deepCopy();
        List<String> warnings = new ArrayList<>();
        try {
            workload.inject(injection, warnings);
        } catch (CommandFailure e) {
            throw new CommandFailure(found.place() + ": " + e.getMessage());
        }
        messages.document(found.place(), warnings);
        PodShape.printable(before);
        PodShape.printable(found.object());
        return new DiffReport(found.place(), kind, before, found.object());
    }
}
