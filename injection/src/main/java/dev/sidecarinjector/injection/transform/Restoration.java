package dev.sidecarinjector.injection.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Undoes what the injection recorded on a pod: its containers, volumes and secrets by the status annotation, the author's own containers by the
 * overrides, probes and Prometheus annotations by the agent's variables. What it did not record (labels, annotations, fields of the spec) stays.
 *
 * @param problems what cannot be restored, and where; the pod is of no use then
 */
public record Restoration(ObjectNode pod, InjectionStatus status, List<String> problems) {
    /** Written by templates; a JSON list of the containers' ports as they were. */
    private static final String PORTS = "ISTIO_META_POD_PORTS";
    private static final List<String> PORT_FIELDS = List.of("name", "hostPort", "containerPort", "hostIP");
    private static final String TIMEOUT = "timeoutSeconds";

    public Restoration {
        problems = List.copyOf(problems);
    }

    /** The status annotation of a pod; null where the pod was not injected, or its annotation is malformed. */
    public static @Nullable InjectionStatus status(JsonNode pod) {
        String text = PodTree.text(PodTree.object(pod.get(PodTree.METADATA), "annotations"), InjectionStatus.ANNOTATION);
        return text == null ? null : InjectionStatus.parse(text, new ArrayList<>());
    }

    /**
     * Restores a copy of an injected pod.
     *
     * @throws dev.sidecarinjector.injection.InjectionException where the recorded overrides are malformed
     */
    public static Restoration of(ObjectNode injected, InjectionStatus status) {
        ObjectNode pod = injected.deepCopy();
        ObjectNode proxy = ProxyContainer.find(injected);
        ObjectNode annotations = PodTree.needObject(PodTree.needObject(pod, PodTree.METADATA), "annotations");
        Overrides overrides = Overrides.parse(PodTree.text(annotations, Overrides.ANNOTATION));
        annotations.remove(List.of(InjectionStatus.ANNOTATION, Overrides.ANNOTATION));
        prometheus(annotations, Env.value(proxy, PrometheusMerge.VARIABLE));
        List<String> problems = new ArrayList<>();
        probes(pod, overrides, Env.value(proxy, AppProbers.VARIABLE), problems);
        protocols(pod, Env.value(proxy, PORTS));
        ObjectNode spec = PodTree.needObject(pod, PodTree.SPEC);
        for (Kind kind : Kind.values()) {
            containers(spec, status, overrides, kind);
        }
        Stripped.addProxy(overrides, spec);
        for (Kind kind : Kind.values()) {
            images(PodTree.list(spec, kind.field()), overrides);
        }
        removeNamed(PodTree.list(spec, "volumes"), status.volumes());
        removeNamed(PodTree.list(spec, "imagePullSecrets"), status.imagePullSecrets());
        return new Restoration(pod, status, problems);
    }

    private static void containers(ObjectNode spec, InjectionStatus status, Overrides overrides, Kind kind) {
        ArrayNode list = PodTree.list(spec, kind.field());
        for (int i = list == null ? -1 : list.size() - 1; list != null && i >= 0; i--) {
            String name = PodTree.text(list.get(i), PodTree.NAME);
            ObjectNode recorded = name == null ? null : overrides.find(kind, name);
            if (name != null && status.names(kind).contains(name)) {
                if (recorded == null || name.equals(ProxyContainer.NAME)) {
                    list.remove(i);
                } else {
                    list.set(i, recorded.deepCopy());
                }
            }
        }
    }

    /** An author's container without an image was one that asked for the injector's. */
    private static void images(@Nullable ArrayNode containers, Overrides overrides) {
        for (int i = 0; containers != null && i < containers.size(); i++) {
            if (containers.get(i) instanceof ObjectNode container) {
                String name = PodTree.text(container, PodTree.NAME);
                if (name != null && overrides.findAny(Kind.CONTAINER, name) != null && PodTree.text(container, "image") == null) {
                    ObjectNode own = container.deepCopy().put("image", "auto");
                    containers.set(i, own);
                }
            }
        }
    }

    private static void removeNamed(@Nullable ArrayNode list, List<String> names) {
        for (int i = list == null ? -1 : list.size() - 1; list != null && i >= 0; i--) {
            String name = PodTree.text(list.get(i), PodTree.NAME);
            if (name != null && names.contains(name)) {
                list.remove(i);
            }
        }
    }

    private static void prometheus(ObjectNode annotations, @Nullable String told) {
        if (told != null
                || PrometheusAnnotations.MERGED_PATH.equals(PrometheusAnnotations.value(annotations, PrometheusAnnotations.PATH))) {
            PrometheusAnnotations.remove(annotations);
            ScrapeConfig.restore(annotations, told);
        }
    }

    /** Containers that the overrides record stand there as their author wrote them, probes included. */
    private static void probes(ObjectNode pod, Overrides overrides, @Nullable String told, List<String> problems) {
        JsonNode probers = json(told);
        for (Kind kind : Kind.values()) {
            ArrayNode containers = PodTree.list(pod, kind);
            for (int i = 0; containers != null && i < containers.size(); i++) {
                String name = PodTree.text(containers.get(i), PodTree.NAME);
                if (name == null || name.equals(ProxyContainer.NAME) || overrides.find(kind, name) != null) {
                    continue;
                }
                for (ProbePlace place : ProbePlace.ALL) {
                    ObjectNode probe = place.find(containers.get(i));
                    String path = place.path(name);
                    if (probe == null || !isRedirected(probe, path)) {
                        continue;
                    }
                    if (probers.path(path) instanceof ObjectNode recorded) {
                        restore(probe, recorded);
                    } else {
                        problems.add("spec." + kind.field() + "[" + name + "]: the agent answers its probe " + path + " and "
                                + AppProbers.VARIABLE
                                + " does not say what it was before");
                    }
                }
            }
        }
    }

    static boolean isRedirected(@Nullable ObjectNode probe, String path) {
        return probe != null && path.equals(PodTree.text(PodTree.object(probe, ProbeAction.HTTP), "path"));
    }

    /** A protocol that the record of the ports does not know was filled in by the API server afterwards. */
    private static void protocols(ObjectNode pod, @Nullable String told) {
        JsonNode recorded = json(told);
        for (JsonNode container : pod.path(PodTree.SPEC).path(Kind.CONTAINER.field())) {
            for (JsonNode port : container.path("ports")) {
                if (port instanceof ObjectNode own && own.path("protocol").asString("").equals("TCP")) {
                    for (JsonNode each : recorded) {
                        if (!each.has("protocol") && PORT_FIELDS.stream()
                                .allMatch(field -> each.path(field).asString("").equals(own.path(field).asString("")))) {
                            own.remove("protocol");
                        }
                    }
                }
            }
        }
    }

    /** What a variable of the proxy tells: the probes by path, the ports as a list; an empty object where that is nothing, or cannot be read. */
    static JsonNode json(@Nullable String told) {
        try {
            return JsonMapper.shared().readTree(told == null ? "{}" : told);
        } catch (JacksonException _) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    /**
     * Of a request over HTTP the fields that the record does not know stayed where they were. A time that it does not know was filled in by the API
     * server afterwards.
     */
    static void restore(ObjectNode probe, ObjectNode recorded) {
        if (!recorded.has(TIMEOUT) && probe.path(TIMEOUT).asInt(0) == 1) {
            probe.remove(TIMEOUT);
        }
        if (recorded.get(ProbeAction.HTTP) instanceof ObjectNode http) {
            ObjectNode action = PodTree.needObject(probe, ProbeAction.HTTP);
            action.remove(List.of("path", "port", "scheme"));
            action.setAll(http.deepCopy());
            return;
        }
        for (String kind : List.of(ProbeAction.TCP, ProbeAction.GRPC)) {
            if (recorded.get(kind) instanceof ObjectNode action) {
                ObjectNode own = action.deepCopy();
                if (own.path("service").isNull()) {
                    own.remove("service");
                }
                probe.remove(ProbeAction.HTTP);
                probe.set(kind, own);
            }
        }
    }
}
