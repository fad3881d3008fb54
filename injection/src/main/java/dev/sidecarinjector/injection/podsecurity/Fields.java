package dev.sidecarinjector.injection.podsecurity;

import dev.sidecarinjector.injection.podsecurity.PodSecurity.Violation;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a pod's spec that standards look at. */
final class Fields {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private final JsonNode spec;
    private final List<Violation> violations;

    Fields(JsonNode spec, List<Violation> violations) {
        this.spec = spec;
        this.violations = violations;
    }

    JsonNode spec() {
        return spec;
    }

    boolean isWindows() {
        return spec.path("os").path("name").asString("").equals("windows");
    }

    /** Every container with its path. */
    void containers(BiConsumer<String, JsonNode> visitor) {
        for (String list : CONTAINERS) {
            for (JsonNode container : spec.path(list)) {
                visitor.accept("spec." + list + "[" + container.path("name").asString("") + "]", container);
            }
        }
    }

    /** A field of the security contexts of the pod and of every container. */
    void contexts(String control, Predicate<JsonNode> allowed, String... path) {
        expect(control, "spec.securityContext", spec.path("securityContext"), allowed, path);
        containers((where, container) -> expect(control, where + ".securityContext", container.path("securityContext"), allowed, path));
    }

    /** The same of the containers only. */
    void containerContexts(String control, Predicate<JsonNode> allowed, String... path) {
        containers((where, container) -> expect(control, where + ".securityContext", container.path("securityContext"), allowed, path));
    }

    /** @param allowed sees a missing node where the field is not set */
    void expect(String control, String where, JsonNode parent, Predicate<JsonNode> allowed, String... path) {
        JsonNode node = parent;
        for (String name : path) {
            node = node.path(name);
        }
        if (!allowed.test(node)) {
            report(control, where + "." + String.join(".", path), node);
        }
    }

    void report(String control, String where, @Nullable JsonNode found) {
        violations.add(new Violation(control, where, found == null || unset(found) ? "not set" : found.toString()));
    }

    static boolean unset(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static boolean notTrue(JsonNode node) {
        return !node.asBoolean(false);
    }

    static Predicate<JsonNode> unsetOr(String... texts) {
        return node -> unset(node) || List.of(texts).contains(node.asString(""));
    }

    static Iterable<Map.Entry<String, JsonNode>> members(JsonNode object) {
        return object.properties();
    }
}
