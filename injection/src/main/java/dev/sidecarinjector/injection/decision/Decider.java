package dev.sidecarinjector.injection.decision;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Verdict;
import dev.sidecarinjector.injection.config.InjectConfig;
import dev.sidecarinjector.injection.config.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decides whether a pod is injected (spec section 4). */
public final class Decider {
    private static final String SWITCH = "sidecar.istio.io/inject";
    private static final Step NOT_ON_HOST = new Step("hostNetwork", "not set", Verdict.UNDECIDED, "pod spec");
    private static final Step NO_SWITCH = new Step("switch", "not set", Verdict.UNDECIDED, "pod labels and annotations");
    private static final Step NOT_EXCLUDED = new Step("neverInjectSelector", "none matches", Verdict.UNDECIDED, "injector config");
    private static final Step NOT_INCLUDED = new Step("alwaysInjectSelector", "none matches", Verdict.UNDECIDED, "injector config");

    private final List<Step> steps = new ArrayList<>(6);
    private final JsonNode pod;
    private final InjectConfig config;

    private Decider(JsonNode pod, InjectConfig config) {
        this.pod = pod;
        this.config = config;
    }

    /** The decision for a pod; on the command line selectors and policy are not read. */
    public static Decision decide(ObjectNode pod, InjectionContext context, InjectConfig config) {
        Decider decider = new Decider(pod, config);
        return new Decision(decider.reason(context), decider.steps);
    }

    private Reason reason(InjectionContext context) {
        if (pod.path("spec").path("hostNetwork").asBoolean(false)) {
            return end(Reason.HOST_NETWORK, "hostNetwork", "hostNetwork=true", "pod spec");
        }
        steps.add(NOT_ON_HOST);
        String own = pod.path("metadata").path("namespace").asString("");
        String namespace = own.isEmpty() ? context.namespace() : own;
        if (isSystem(namespace)) {
            return end(Reason.SYSTEM_NAMESPACE, "namespace", namespace, own.isEmpty() ? "request" : "pod metadata");
        }
        steps.add(new Step("namespace", namespace.isEmpty() ? "not set" : namespace, Verdict.UNDECIDED,
                own.isEmpty() ? "request" : "pod metadata"));
        if (context.view() == InjectionContext.View.COMMAND_LINE) {
            Reason decided = bySwitch();
            return decided != null ? decided : end(Reason.POLICY_ENABLED, "policy", "enabled", "command line");
        }
        if (!config.policy().equals("enabled") && !config.policy().equals("disabled")) {
            return end(Reason.POLICY_UNKNOWN, "policy", config.policy().isEmpty() ? "not set" : config.policy(), "injector config");
        }
        Reason decided = bySwitch();
        return decided != null ? decided : byConfig();
    }

    /** Namespaces of the cluster's own machinery, which must work before and without the mesh. */
    private static boolean isSystem(String namespace) {
        return switch (namespace) {
            case "kube-system", "kube-public", "kube-node-lease", "local-path-storage" -> true;
            default -> false;
        };
    }

    /** The label wins as soon as it is there, also when it is empty. */
    private @Nullable Reason bySwitch() {
        JsonNode metadata = pod.path("metadata");
        JsonNode label = metadata.path("labels").path(SWITCH);
        boolean labelled = isSet(label);
        JsonNode value = labelled ? label : metadata.path("annotations").path(SWITCH);
        if (!isSet(value)) {
            steps.add(NO_SWITCH);
            return null;
        }
        String text = value.asString("");
        String origin = labelled ? "pod label" : "pod annotation";
        String observed = SWITCH + "=" + text;
        return switch (text) {
            case "true" -> end(Reason.SWITCH_ON, "switch", observed, origin);
            case "false" -> end(Reason.SWITCH_OFF, "switch", observed, origin);
            default -> {
                steps.add(new Step("switch", observed, Verdict.UNDECIDED, origin));
                yield null;
            }
        };
    }

    private static boolean isSet(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private Reason byConfig() {
        JsonNode labels = pod.path("metadata").path("labels");
        labels = labels.isObject() ? labels : JsonNodeFactory.instance.objectNode();
        LabelSelector never = first(config.neverInjectSelector(), labels);
        if (never != null) {
            return end(Reason.NEVER_SELECTOR, "neverInjectSelector", never.toString(), "injector config");
        }
        steps.add(NOT_EXCLUDED);
        LabelSelector always = first(config.alwaysInjectSelector(), labels);
        if (always != null) {
            return end(Reason.ALWAYS_SELECTOR, "alwaysInjectSelector", always.toString(), "injector config");
        }
        steps.add(NOT_INCLUDED);
        Reason policy = config.policy().equals("enabled") ? Reason.POLICY_ENABLED : Reason.POLICY_DISABLED;
        return end(policy, "policy", config.policy(), "injector config");
    }

    private static @Nullable LabelSelector first(List<LabelSelector> selectors, JsonNode labels) {
        for (LabelSelector selector : selectors) {
            if (selector.matches(labels)) {
                return selector;
            }
        }
        return null;
    }

    private Reason end(Reason reason, String rule, String observed, String origin) {
        steps.add(new Step(rule, observed, reason.verdict(), origin));
        return reason;
    }
}
