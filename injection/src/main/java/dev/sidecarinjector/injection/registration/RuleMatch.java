package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a rule covers the creation of a pod: operation, group, version, resource, scope. */
final class RuleMatch {
    private RuleMatch() {}

    static Check check(JsonNode rules) {
        List<String> faults = new ArrayList<>();
        for (JsonNode rule : rules) {
            String fault = fault(rule);
            if (fault == null) {
                return new Check("rules", Truth.YES, "CREATE of v1 pods");
            }
            faults.add(fault);
        }
        return new Check("rules", Truth.NO, faults.isEmpty() ? "there are none" : String.join("; ", faults));
    }

    private static @Nullable String fault(JsonNode rule) {
        if (!lists(rule, "operations", "CREATE")) {
            return "operations " + rule.path("operations") + " lack CREATE";
        }
        if (!lists(rule, "apiGroups", "")) {
            return "apiGroups " + rule.path("apiGroups") + " lack the core group \"\"";
        }
        if (!lists(rule, "apiVersions", "v1")) {
            return "apiVersions " + rule.path("apiVersions") + " lack v1";
        }
        if (!lists(rule, "resources", "pods") && !lists(rule, "resources", "*/*")) {
            return "resources " + rule.path("resources") + " lack pods";
        }
        String scope = rule.path("scope").asString("*");
        return scope.equals("*") || scope.equals("Namespaced") ? null : "scope " + scope + ", pods are Namespaced";
    }

    private static boolean lists(JsonNode rule, String field, String wanted) {
        for (JsonNode each : rule.path(field)) {
            String text = each.asString("");
            if (text.equals("*") || text.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
