package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.change.Change;
import dev.sidecarinjector.injection.change.PodChanges;
import dev.sidecarinjector.injection.change.UnifiedDiff;
import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.injection.podsecurity.PodSecurity;
import dev.sidecarinjector.injection.podsecurity.QosClass;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What injection changes in one workload.
 *
 * @param before the manifest in the form that kube-inject prints
 * @param after  the same, injected
 */
record DiffReport(String place, WorkloadKind kind, ObjectNode before, ObjectNode after) {
    boolean isDifferent() {
        return !before.equals(after);
    }

    String unified(boolean colour) {
        return UnifiedDiff.of("a/" + place, YamlWriter.toString(before), "b/" + place, YamlWriter.toString(after), colour);
    }

    String semantic(boolean colour) {
        StringBuilder out = new StringBuilder();
        String title = Workload.describe(before) + " (" + place + ")";
        if (!isDifferent()) {
            return out.append(title).append(": injection changes nothing\n").toString();
        }
        out.append(title).append('\n');
        ObjectNode old = pod(before);
        ObjectNode fresh = pod(after);
        List<Change> changes = PodChanges.between(old, fresh);
        changes.forEach(change -> out.append(change.line(colour)).append('\n'));
        out.append("    quality of service: ")
                .append(fromTo(QosClass.of(old.path("spec")).spelling(), QosClass.of(fresh.path("spec")).spelling()));
        PodSecurity was = PodSecurity.of(old);
        PodSecurity is = PodSecurity.of(fresh);
        out.append("    pod security: ").append(fromTo(was.level().spelling(), is.level().spelling()));
        if (is.level().compareTo(was.level()) < 0) {
            is.violations().forEach(violation -> out.append("      ").append(violation).append('\n'));
        }
        return out.append('\n').toString();
    }

    private static String fromTo(String before, String after) {
        return (before.equals(after) ? before + ", as before" : before + " -> " + after) + "\n";
    }

    ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("place", place).put("kind", before.path("kind").asString(""))
                .put("name", before.path("metadata").path("name").asString(""))
                .put("namespace", before.path("metadata").path("namespace").asString("")).put("different", isDifferent());
        ObjectNode old = pod(before);
        ObjectNode fresh = pod(after);
        byte[] patch = JsonPatch.diff(before, after).toBytes();
        report.set("patch", JsonMapper.shared().readTree(new String(patch, StandardCharsets.UTF_8)));
        report.putObject("qosClass").put("before", QosClass.of(old.path("spec")).spelling()).put("after",
                QosClass.of(fresh.path("spec")).spelling());
        ObjectNode security = report.putObject("podSecurity");
        security.set("before", json(PodSecurity.of(old)));
        security.set("after", json(PodSecurity.of(fresh)));
        return report;
    }

    private static ObjectNode json(PodSecurity security) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("level", security.level().spelling());
        for (PodSecurity.Violation violation : security.violations()) {
            node.withArray("violations").addObject().put("control", violation.control()).put("where", violation.where())
                    .put("found", violation.found());
        }
        return node;
    }

    private ObjectNode pod(ObjectNode object) {
        return new Workload(kind, object.deepCopy()).pod();
    }
}
