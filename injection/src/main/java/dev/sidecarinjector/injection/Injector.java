package dev.sidecarinjector.injection;

import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.injection.annotation.AnnotationRules;
import dev.sidecarinjector.injection.annotation.Violations;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.decision.Decider;
import dev.sidecarinjector.injection.merge.StrategicMerge;
import dev.sidecarinjector.injection.render.Overlays;
import dev.sidecarinjector.injection.render.TemplateData;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.transform.OpenShift;
import dev.sidecarinjector.injection.transform.PodDraft;
import dev.sidecarinjector.injection.transform.Transforms;
import dev.sidecarinjector.injection.transform.UserContainers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The one engine: for one configuration, any number of pods, from any number of threads. */
public final class Injector {
    /** Enough for the settings that a cluster's pods really combine; about 40 KB each. */
    private static final int SHAPES = 256;

    private final Configuration configuration;
    private final Overlays overlays;

    public Injector(Configuration configuration) {
        this(configuration, SHAPES);
    }

    /** With room for this many shapes of renderings; with 0 every rendering is parsed in full. Either way the results are the same. */
    public Injector(Configuration configuration, int shapes) {
        this.configuration = configuration;
        this.overlays = Overlays.caching(shapes);
    }

    public Configuration configuration() {
        return configuration;
    }

    /**
     * Names of the templates that a pod gets, aliases replaced; empty where it asks for one that does not exist.
     */
    public List<String> templates(ObjectNode pod, InjectionContext context) {
        try {
            return TemplateChoice.of(pod, context.view(), configuration.inject()).stream().map(TemplateChoice.Named::name).toList();
        } catch (InjectionException _) {
            return List.of();
        }
    }

    /**
     * Decides about a pod and injects it. The pod is not modified; the result shares with it what the injection leaves alone, so that whoever
     * changes the one afterwards may change the other.
     */
    public Injection inject(ObjectNode pod, InjectionContext context) {
        List<Warning> warnings = new ArrayList<>();
        Decision decision = Decider.decide(pod, context, configuration.inject());
        warnings.addAll(AnnotationRules.warnings(pod));
        if (!decision.inject()) {
            return new Injection(decision, null, warnings, null);
        }
        try {
            PodShape.check(pod);
            return new Injection(decision, injected(pod, context, warnings), warnings, null);
        } catch (InjectionException e) {
            return refused(decision, e, warnings);
        }
    }

    private static Injection refused(Decision decision, InjectionException e, List<Warning> warnings) {
        List<Step> steps = new ArrayList<>(decision.steps());
        steps.add(new Step(e.reason().label(), e.getMessage(), Verdict.SKIP, "pod"));
        return new Injection(new Decision(e.reason(), steps), null, warnings, e.getMessage());
    }

    private ObjectNode injected(ObjectNode pod, InjectionContext context, List<Warning> warnings) {
        List<String> violations = AnnotationRules.violations(pod);
        if (!violations.isEmpty()) {
            throw new InjectionException(Reason.INVALID_ANNOTATION, "failed to run injection template: " + Violations.text(violations));
        }
        PodDraft draft = new PodDraft(pod, PodCircumstances.of(pod, context, configuration), warnings);
        if (configuration.features().openshift()) {
            OpenShift.dropAssignedIds(draft);
        }
        stage("failed to run injection template: ", () -> applyTemplates(draft, context));
        stage("failed to re apply container: ", () -> UserContainers.reapply(draft));
        stage("failed to process pod: ", () -> Transforms.apply(draft));
        return draft.pod();
    }

    private void applyTemplates(PodDraft draft, InjectionContext context) {
        TemplateData data = PodCircumstances.templateData(draft);
        for (TemplateChoice.Named choice : TemplateChoice.of(draft.received(), context.view(), configuration.inject())) {
            Template template = choice.template();
            ObjectNode overlay = overlays.render(choice.name(), template, data);
            UserContainers.beforeOverlay(draft, overlay);
            StrategicMerge.mergePod(draft.pod(), overlay);
        }
    }

    private static void stage(String prefix, Runnable work) {
        try {
            work.run();
        } catch (InjectionException e) {
            throw new InjectionException(e.reason(), prefix + e.getMessage());
        }
    }
}
