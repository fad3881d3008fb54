package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The annotation {@code proxy.istio.io/overrides}: containers as the pod's author wrote them before a template went over them (spec 11.2). */
final class Overrides {
    static final String ANNOTATION = "proxy.istio.io/overrides";
    /**
     * Our own addition, ignored by the peer: the place of the author's proxy among the regular containers, -1 where it was none of them.
     * Written only where it is not the usual place and where templates can tell the difference.
     */
    static final String PROXY_POSITION = "proxyPosition";
    private static final Overrides NONE = new Overrides(JsonMapper.shared().createObjectNode());

    private final ObjectNode tree;

    private Overrides(ObjectNode tree) {
        this.tree = tree;
    }

    static Overrides parse(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw malformed("not JSON: " + e.getOriginalMessage());
        }
        if (tree.isNull()) {
            return NONE;
        }
        if (!(tree instanceof ObjectNode object)) {
            throw malformed("not a JSON object");
        }
        for (Kind kind : Kind.values()) {
            check(object, kind);
        }
        return new Overrides(object);
    }

    /** The recorded containers of one list; null where there are none. Not to be modified. */
    @Nullable
    ArrayNode containers(Kind kind) {
        return PodTree.list(tree, kind.field());
    }

    /** The recorded container; not to be modified. */
    @Nullable
    ObjectNode find(Kind kind, String name) {
        return PodTree.named(containers(kind), name);
    }

    /** The recorded container of either list, this one first: a native sidecar may have been recorded as a regular one. */
    @Nullable
    ObjectNode findAny(Kind kind, String name) {
        ObjectNode recorded = find(kind, name);
        return recorded != null ? recorded : find(kind == Kind.CONTAINER ? Kind.INIT_CONTAINER : Kind.CONTAINER, name);
    }

    /** Where the author's proxy stood among so many other regular containers; -1: it was an init container. */
    int proxyPosition(ObjectNode proxy, int others) {
        return tree.path(PROXY_POSITION).asInt(usualPosition(proxy, others));
    }

    /** The position as it was recorded; null where none was. */
    @Nullable
    Integer proxyPosition() {
        return tree.path(PROXY_POSITION).isInt() ? tree.path(PROXY_POSITION).intValue() : null;
    }

    /** Behind the others, unless it was written as a native sidecar. */
    static int usualPosition(ObjectNode proxy, int others) {
        return proxy.has("restartPolicy") ? -1 : others;
    }

    private static void check(ObjectNode tree, Kind kind) {
        JsonNode list = tree.get(kind.field());
        if (list == null || list.isNull()) {
            return;
        }
        if (!list.isArray()) {
            throw malformed("\"" + kind.field() + "\" is not a list");
        }
        for (JsonNode container : list) {
            if (!container.isObject()) {
                throw malformed("\"" + kind.field() + "\" has an element that is not a container");
            }
        }
    }

    private static InjectionException malformed(String what) {
        return new InjectionException(Reason.INVALID_ANNOTATION, "annotation " + ANNOTATION + " is " + what
                + "; remove the annotation, or give it the value that the injector wrote");
    }
}
