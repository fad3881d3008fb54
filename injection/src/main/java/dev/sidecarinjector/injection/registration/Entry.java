package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Expression;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.cel.Value;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One webhook of a registration.
 *
 * @param rules a list of operations, groups, versions, resources and scopes
 */
record Entry(String name, JsonNode rules, LabelSelector namespaceSelector, LabelSelector objectSelector, List<Condition> conditions,
        String failurePolicy) {
    /** A match condition: its name, its text, and what was read of it. */
    record Condition(String name, String text, Expression expression) {}

    static Entry of(JsonNode webhook) {
        String name = webhook.path("name").asString("");
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode condition : webhook.path("matchConditions")) {
            String text = condition.path("expression").asString("");
            conditions.add(new Condition(condition.path("name").asString(""), text, Expression.parse(text)));
        }
        return new Entry(name, webhook.path("rules"), selector(webhook, "namespaceSelector"), selector(webhook, "objectSelector"),
                List.copyOf(conditions), webhook.path("failurePolicy").asString("Fail"));
    }

    private static LabelSelector selector(JsonNode webhook, String field) {
        JsonNode selector = webhook.path(field);
        try {
            return LabelSelector.parse(selector.isObject() ? selector : JsonNodeFactory.instance.objectNode());
        } catch (ConfigurationException e) {
            throw new ConfigurationException("webhook " + webhook.path("name").asString("") + ", " + field + ": " + e.getMessage());
        }
    }

    List<Check> checks(Admission admission) {
        List<Check> checks = new ArrayList<>();
        checks.add(RuleMatch.check(rules));
        checks.add(SelectorMatch.ofNamespace(namespaceSelector, admission));
        checks.add(SelectorMatch.ofPod(objectSelector, admission.pod()));
        for (Condition condition : conditions) {
            checks.add(check(condition, condition.expression().evaluate(RequestVariables.of(admission))));
        }
        return checks;
    }

    private Check check(Condition condition, @Nullable Value value) {
        String name = "matchCondition " + condition.name();
        return switch (value) {
            case Value.Known known when known.node().isBoolean() ->
                new Check(name, Truth.of(known.node().booleanValue()), condition.text());
            case Value.Unknown unknown -> new Check(name, Truth.UNKNOWN, condition.text() + ": " + unknown.reason());
            case Value.Failed failed -> new Check(name, failurePolicy.equals("Ignore") ? Truth.NO : Truth.UNKNOWN,
                    condition.text() + ": an error (" + failed.reason() + "), on which failurePolicy " + failurePolicy
                            + (failurePolicy.equals("Ignore")
                                    ? " passes the webhook over"
                                    : " refuses the pod, unless another condition is false"));
            case null, default -> new Check(name, Truth.UNKNOWN, condition.text() + ": not a boolean");
        };
    }
}
