package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The environment of one container. */
final class Env {
    private static final String FIELD = "env";
    private static final String VALUE = "value";

    private Env() {}

    /** The variable's literal value; null where it has none, or is not there. */
    static @Nullable String value(@Nullable ObjectNode container, String name) {
        return PodTree.text(PodTree.named(PodTree.list(container, FIELD), name), VALUE);
    }

    /** Gives a variable a literal value: where it stands, or at the end where it is new. */
    static void put(ObjectNode container, String name, String value) {
        ArrayNode env = PodTree.needList(container, FIELD);
        ObjectNode variable = PodTree.named(env, name);
        if (variable == null) {
            append(env, name, value);
            return;
        }
        variable.remove("valueFrom");
        variable.put(VALUE, value);
    }

    /** Gives a variable a literal value at the end of the list. */
    static void move(ObjectNode container, String name, String value) {
        ArrayNode env = PodTree.needList(container, FIELD);
        for (int i = PodTree.indexOf(env, name); i >= 0; i = PodTree.indexOf(env, name)) {
            env.remove(i);
        }
        append(env, name, value);
    }

    private static void append(ArrayNode env, String name, String value) {
        env.addObject().put(PodTree.NAME, name).put(VALUE, value);
    }
}
