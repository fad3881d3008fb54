package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.annotation.Setting;
import dev.sidecarinjector.injection.annotation.Settings;
import dev.sidecarinjector.injection.config.InjectConfig;
import dev.sidecarinjector.injection.config.LabelSelector;
import dev.sidecarinjector.injection.registration.Admission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The changes that may turn a verdict: a small closed set, the mildest first. */
final class Edits {
    private static final String SWITCH = "sidecar.istio.io/inject";
    private static final String REVISION = "istio.io/rev";
    private static final String INJECTION = "istio-injection";
    private static final String LABELS = "labels";
    private static final String ANNOTATIONS = "annotations";

    private final List<Edit> edits = new ArrayList<>();
    private final Admission admission;

    private Edits(Admission admission) {
        this.admission = admission;
    }

    static List<Edit> of(Admission admission, InjectConfig config, Set<String> revisions) {
        Edits all = new Edits(admission);
        all.pod(config, revisions);
        if (admission.namespaceLabels() != null) {
            for (String value : List.of("enabled", "disabled")) {
                all.namespace(INJECTION, value);
            }
            all.namespace(INJECTION, null);
            revisions.forEach(revision -> all.namespace(REVISION, revision));
            all.namespace(REVISION, null);
        }
        return all.edits;
    }

    private void pod(InjectConfig config, Set<String> revisions) {
        for (String value : List.of("true", "false")) {
            entry(LABELS, SWITCH, value);
        }
        entry(LABELS, SWITCH, null);
        entry(ANNOTATIONS, SWITCH, null);
        if (admission.pod().path("spec").path("hostNetwork").asBoolean(false)) {
            edits.add(new Edit.OwnNetwork());
        }
        revisions.forEach(revision -> entry(LABELS, REVISION, revision));
        entry(LABELS, REVISION, null);
        for (String name : selected(config)) {
            entry(LABELS, name, null);
        }
        for (Setting setting : Settings.table()) {
            boolean read = setting.rule() != Setting.Rule.ANY || setting.name().startsWith("prometheus")
                    || setting.name().startsWith("inject.");
            if (setting.kind() == Setting.Kind.ANNOTATION && !setting.name().equals(SWITCH) && read) {
                entry(ANNOTATIONS, setting.name(), null);
            }
        }
    }

    /** Labels that the injector's own selectors ask for. */
    private static Set<String> selected(InjectConfig config) {
        Set<String> names = new LinkedHashSet<>();
        for (LabelSelector selector : Stream.concat(config.neverInjectSelector().stream(), config.alwaysInjectSelector().stream())
                .toList()) {
            selector.requirements().forEach(requirement -> names.add(requirement.key()));
        }
        names.remove(SWITCH);
        names.remove(REVISION);
        return names;
    }

    private void entry(String map, String name, @Nullable String value) {
        JsonNode now = admission.pod().path("metadata").path(map).path(name);
        if (value == null ? !now.isMissingNode() : !value.equals(now.asString(null))) {
            edits.add(new Edit.PodEntry(map, name, value));
        }
    }

    private void namespace(String name, @Nullable String value) {
        String now = admission.namespaceLabels() == null ? null : admission.namespaceLabels().get(name);
        if (value == null ? now != null : !value.equals(now)) {
            edits.add(new Edit.NamespaceLabel(name, value));
        }
    }
}
