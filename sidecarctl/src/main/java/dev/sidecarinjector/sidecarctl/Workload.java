package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object with a pod template, or a pod, and where in it the pod's metadata and spec lie. */
public final class Workload {
    private static final String SWITCH = "sidecar.istio.io/inject";
    private static final String TEMPLATES = "inject.istio.io/templates";

    private final WorkloadKind kind;
    private final ObjectNode object;
    /** What holds the pod's spec. */
    private final ObjectNode template;
    /** What holds the metadata that count as the pod's; for a CronJob the job's template (spec 17.3), else the pod's template. */
    private final ObjectNode described;

    public Workload(WorkloadKind kind, ObjectNode object) {
        this.kind = kind;
        this.object = object;
        switch (kind) {
            case POD -> {
                described = object;
                template = object;
            }
            case CRON_JOB -> {
                described = member(member(object, "spec"), "jobTemplate");
                template = member(member(described, "spec"), "template");
            }
            default -> {
                ObjectNode spec = member(object, "spec");
                if (kind.templateIsOptional() && !(spec.get("template") instanceof ObjectNode)) {
                    throw new CommandFailure(describe(object) + ": spec.template is required value");
                }
                template = member(spec, "template");
                described = template;
            }
        }
    }

    private static ObjectNode member(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }

    /** {@code Deployment "namespace/name"}, the namespace only where there is one. */
    static String describe(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asString("");
        String namespace = metadata.path("namespace").asString("");
        return object.path("kind").asString("") + " \"" + (namespace.isEmpty() ? name : namespace + "/" + name) + "\"";
    }

    /** Injects the pod in place. */
    public void inject(PodInjection injection, List<String> warnings) {
        if (kind == WorkloadKind.CRON_JOB && injection.obeysSwitches() && optedOutInPodTemplate(warnings)) {
            skip(PodInjection.Outcome.DISABLED, warnings);
            return;
        }
        PodInjection.Outcome outcome;
        try {
            outcome = injection.inject(pod(), owner());
        } catch (CommandFailure e) {
            throw new CommandFailure(describe(object) + ": " + e.getMessage());
        }
        for (String warning : outcome.warnings()) {
            warn(warning, warnings);
        }
        if (outcome.skipped() != null) {
            skip(outcome.skipped(), warnings);
        } else if (outcome.pod() != null) {
            accept(outcome.pod());
        }
    }

    private void skip(String reason, List<String> warnings) {
        warnings.add("===> Skipping injection because " + describe(object) + " " + reason);
    }

    private void warn(String text, List<String> warnings) {
        warnings.add("===> Warning: " + describe(object) + ": " + text);
    }

    /** The pod, or what a controller would make of the template; shares its parts with this object. */
    ObjectNode pod() {
        if (kind == WorkloadKind.POD) {
            return object;
        }
        ObjectNode pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.set("metadata", described.get("metadata") instanceof ObjectNode metadata ? metadata : JsonNodeFactory.instance.objectNode());
        pod.set("spec", template.get("spec") instanceof ObjectNode spec ? spec : JsonNodeFactory.instance.objectNode());
        return pod;
    }

    private void accept(ObjectNode pod) {
        described.set("metadata", pod.path("metadata"));
        template.set("spec", pod.path("spec"));
    }

    /** The pod as a controller in the cluster makes it: with the metadata of the pod template, also for a CronJob. */
    public ObjectNode podOfCluster() {
        if (kind == WorkloadKind.POD) {
            return object;
        }
        ObjectNode pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = template.get("metadata") instanceof ObjectNode own ? own.deepCopy() : JsonNodeFactory.instance.objectNode();
        pod.set("metadata", metadata.put("generateName", object.path("metadata").path("name").asString("") + "-"));
        pod.set("spec", template.get("spec") instanceof ObjectNode spec ? spec : JsonNodeFactory.instance.objectNode());
        return pod;
    }

    /** The workload as the pod's owner; null for a pod. */
    public @Nullable Owner owner() {
        if (kind == WorkloadKind.POD) {
            return null;
        }
        JsonNode metadata = object.path("metadata");
        return new Owner(object.path("apiVersion").asString(""), object.path("kind").asString(""), metadata.path("name").asString(""),
                metadata.path("namespace").asString(""));
    }

    /**
     * A CronJob's pods carry the metadata of the pod template, and the webhook would see these; so an opt-out there counts too, and what else
     * differs is said.
     */
    private boolean optedOutInPodTemplate(List<String> warnings) {
        JsonNode podMetadata = template.path("metadata");
        JsonNode jobMetadata = described.path("metadata");
        String inPod = switchOf(podMetadata);
        String inJob = switchOf(jobMetadata);
        boolean out = inPod.equals("false");
        if (!inPod.isEmpty() && !inPod.equals(inJob)) {
            warn(SWITCH + " is \"" + inPod + "\" in the pod template and " + (inJob.isEmpty() ? "not set" : "\"" + inJob + "\"")
                    + " in the job template; " + (out ? "the pod template is obeyed" : "the job template is obeyed")
                    + ". Set it in both, since the cluster's webhook reads the pod template only", warnings);
        }
        String chosen = podMetadata.path("annotations").path(TEMPLATES).asString("");
        if (!out && !chosen.isEmpty() && !chosen.equals(jobMetadata.path("annotations").path(TEMPLATES).asString(""))) {
            warn(TEMPLATES + " in the pod template is not read here; set it in spec.jobTemplate.metadata too", warnings);
        }
        return out;
    }

    private static String switchOf(JsonNode metadata) {
        JsonNode label = metadata.path("labels").path(SWITCH);
        return label.isMissingNode() ? metadata.path("annotations").path(SWITCH).asString("") : label.asString("");
    }
}
