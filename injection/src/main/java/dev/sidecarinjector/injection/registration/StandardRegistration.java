package dev.sidecarinjector.injection.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The registration that an installation makes for a revision, where the real one is not at hand (spec section 16). */
public final class StandardRegistration {
    private static final String REVISION = "istio.io/rev";
    private static final String INJECTION = "istio-injection";
    private static final String SWITCH = "sidecar.istio.io/inject";
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

    private StandardRegistration() {}

    /**
     * The registration of a revision; the default one serves namespaces without a revision too.
     *
     * @param revision            its name; empty or {@code default} for the default one
     * @param namespacesByDefault whether pods of namespaces that say nothing are injected (default revision only)
     */
    public static Registration of(String revision, boolean namespacesByDefault) {
        boolean isDefault = revision.isEmpty() || revision.equals("default");
        String name = isDefault ? "default" : revision;
        List<Entry> entries = new ArrayList<>();
        entries.add(entry("rev.namespace.", selector(in(REVISION, name), absent(INJECTION)), selector(notFalse())));
        entries.add(entry("rev.object.", selector(absent(REVISION), absent(INJECTION)), selector(notFalse(), in(REVISION, name))));
        if (isDefault) {
            entries.add(entry("namespace.", selector(in(INJECTION, "enabled")), selector(notFalse())));
            entries.add(entry("object.", selector(absent(INJECTION), absent(REVISION)), selector(in(SWITCH, "true"), absent(REVISION))));
            if (namespacesByDefault) {
                ObjectNode others = requirement(Admission.NAME_LABEL, "NotIn");
                ArrayNode names = others.putArray("values");
                SYSTEM.stream().sorted().forEach(names::add);
                entries.add(
                        entry("auto.", selector(absent(INJECTION), absent(REVISION), others), selector(absent(SWITCH), absent(REVISION))));
            }
        }
        return new Registration("istio-sidecar-injector" + (isDefault ? "" : "-" + revision), name, entries);
    }

    private static Entry entry(String prefix, ObjectNode namespaceSelector, ObjectNode objectSelector) {
        ObjectNode webhook = JsonNodeFactory.instance.objectNode().put("name", prefix + "sidecar-injector.istio.io");
        ObjectNode rule = webhook.putArray("rules").addObject();
        rule.putArray("operations").add("CREATE");
        rule.putArray("apiGroups").add("");
        rule.putArray("apiVersions").add("v1");
        rule.putArray("resources").add("pods");
        webhook.set("namespaceSelector", namespaceSelector);
        webhook.set("objectSelector", objectSelector);
        return Entry.of(webhook);
    }

    private static ObjectNode selector(ObjectNode... requirements) {
        ObjectNode selector = JsonNodeFactory.instance.objectNode();
        selector.putArray("matchExpressions").addAll(List.of(requirements));
        return selector;
    }

    private static ObjectNode requirement(String key, String operator) {
        return JsonNodeFactory.instance.objectNode().put("key", key).put("operator", operator);
    }

    private static ObjectNode in(String key, String value) {
        ObjectNode requirement = requirement(key, "In");
        requirement.putArray("values").add(value);
        return requirement;
    }

    private static ObjectNode absent(String key) {
        return requirement(key, "DoesNotExist");
    }

    private static ObjectNode notFalse() {
        ObjectNode requirement = requirement(SWITCH, "NotIn");
        requirement.putArray("values").add("false");
        return requirement;
    }
}
