package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.injection.yaml.YamlException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What would be answered to a pod and why, for a person: the decision with all its steps, the warnings, the patch. */
public final class Examination {
    private Examination() {}

    /**
     * Examines a pod, or the pod of an AdmissionReview, in JSON or YAML.
     *
     * @param namespace where a pod that is no review would be created
     * @return {@code decision}, {@code warnings}, {@code error} where it is refused, {@code patch} where it is injected
     * @throws IllegalArgumentException where there is no pod in it; the message says why
     */
    public static ObjectNode of(Admissions admissions, byte[] body, String namespace) {
        JsonNode tree = parse(body);
        boolean review = tree.path("kind").asString("").equals("AdmissionReview");
        JsonNode pod = review ? tree.at("/request/object") : tree;
        if (!(pod instanceof ObjectNode object) || !object.path("kind").asString("Pod").equals("Pod")) {
            throw new IllegalArgumentException("no pod: send a Pod or an AdmissionReview with one, as JSON or YAML");
        }
        String where = review ? tree.at("/request/namespace").asString("") : namespace;
        try {
            return show(object, admissions.examine(object, where));
        } catch (InjectionException e) {
            ObjectNode shown = JsonMapper.shared().createObjectNode();
            shown.putObject("decision").put("inject", false).put("reason", e.reason().label()).put("because", e.reason().sentence());
            return shown.put("error", e.getMessage());
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return ReviewReader.parse(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage());
        } catch (YamlException e) {
            throw new IllegalArgumentException("neither JSON nor YAML, line " + e.line() + ": " + e.getMessage());
        }
    }

    private static ObjectNode show(ObjectNode pod, Injection injection) {
        ObjectNode shown = JsonMapper.shared().createObjectNode();
        ObjectNode decision = shown.putObject("decision")
                .put("inject", injection.pod() != null)
                .put("reason", injection.decision().reason().label())
                .put("because", injection.decision().reason().sentence());
        ArrayNode steps = decision.putArray("steps");
        for (Step step : injection.decision().steps()) {
            steps.addObject().put("rule", step.rule()).put("observed", step.observed()).put("verdict", step.verdict().name())
                    .put("origin", step.origin());
        }
        ArrayNode warnings = shown.putArray("warnings");
        for (Warning warning : injection.warnings()) {
            warnings.add(warning.line());
        }
        if (injection.error() != null) {
            shown.put("error", injection.error());
        }
        if (injection.pod() != null) {
            shown.set("patch", JsonMapper.shared().readTree(JsonPatch.diff(pod, injection.pod()).toBytes()));
        }
        return shown;
    }
}
