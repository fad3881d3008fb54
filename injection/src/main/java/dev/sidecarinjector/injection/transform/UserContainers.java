package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.merge.StrategicMerge;
import dev.sidecarinjector.injection.schema.PodShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The author's own definitions of containers that a template defines too: they win (spec 10.3 and 11.2). */
public final class UserContainers {
    static final String NATIVE_ANNOTATION = "sidecar.istio.io/nativeSidecar";

    private UserContainers() {}

    /**
     * To be called with each rendered template before it is merged into the draft's pod: notes the names that it brings, and moves the
     * author's proxy container to the list where a native sidecar belongs.
     */
    public static void beforeOverlay(PodDraft draft, ObjectNode overlay) {
        draft.injected().add(overlay);
        if (draft.injected().initContainers().contains(ProxyContainer.NAME)
                && nativeSidecar(draft.circumstances().nativeSidecar(), draft.receivedAnnotation(NATIVE_ANNOTATION))) {
            moveProxy(draft);
        }
    }

    /** Whether the proxy is a native sidecar: the annotation decides where it says exactly true or false. */
    public static boolean nativeSidecar(boolean setting, @Nullable String annotation) {
        return "true".equals(annotation) || (setting && !"false".equals(annotation));
    }

    /**
     * To be called once, after the last template: puts the author's fields back over the templates' and records them in
     * {@code proxy.istio.io/overrides}; then the iptables container follows the author's user id.
     *
     * @throws dev.sidecarinjector.injection.InjectionException where the recorded overrides are malformed, or do not fit
     */
    public static void reapply(PodDraft draft) {
        OverrideRecord record = new OverrideRecord();
        for (Kind kind : Kind.values()) {
            for (String name : draft.injected().of(kind)) {
                if (draft.broughtBefore(kind, name)) {
                    keep(draft, kind, name);
                } else {
                    reapply(draft, kind, name, record);
                }
            }
        }
        record.write(draft);
        ProxyUser.follow(draft);
    }

    private static void moveProxy(PodDraft draft) {
        ArrayNode regular = PodTree.list(draft.pod(), Kind.CONTAINER);
        int index = PodTree.indexOf(regular, ProxyContainer.NAME);
        if (regular == null || index < 0) {
            return;
        }
        ObjectNode sidecar = PodTree.named(PodTree.list(draft.pod(), Kind.INIT_CONTAINER), ProxyContainer.NAME);
        if (sidecar == null) {
            PodTree.needList(PodTree.needObject(draft.pod(), PodTree.SPEC), Kind.INIT_CONTAINER.field()).add(regular.remove(index));
        } else if (PodTree.indexOf(PodTree.list(draft.received(), Kind.CONTAINER), ProxyContainer.NAME) < 0
                && regular.remove(index) instanceof ObjectNode brought) {
            // An earlier template brought it; the pod that was injected before has its sidecar already where the first pass had moved it.
            StrategicMerge.mergeContainer(sidecar, brought);
        }
    }

    private static void reapply(PodDraft draft, Kind kind, String name, OverrideRecord record) {
        ObjectNode source = draft.overrides().find(kind, name);
        source = source != null ? source : written(draft, kind, name);
        if (source == null) {
            return;
        }
        ObjectNode own = PodShape.containerPatch(source);
        if (draft.assignedIdsDropped() && name.equals(ProxyContainer.NAME)) {
            OpenShift.dropIds(own);
        }
        if ("auto".equals(PodTree.text(own, "image"))) {
            own.remove("image");
        }
        record.add(draft, kind, name, own);
        merge(draft, kind, name, own);
    }

    /** The container as its author wrote it; not to be modified. */
    private static @Nullable ObjectNode written(PodDraft draft, Kind kind, String name) {
        ObjectNode container = PodTree.named(PodTree.list(draft.received(), Kind.CONTAINER), name);
        return container == null && kind == Kind.INIT_CONTAINER
                ? PodTree.named(PodTree.list(draft.received(), Kind.INIT_CONTAINER), name)
                : container;
    }

    /** On a pod that was injected before, a field that its author had overridden stays as it is on the pod. */
    private static void keep(PodDraft draft, Kind kind, String name) {
        ObjectNode recorded = draft.overrides().findAny(kind, name);
        if (recorded == null) {
            return;
        }
        ObjectNode received = PodTree.named(PodTree.list(draft.received(), kind), name);
        merge(draft, kind, name, PodShape.containerPatch(received == null ? recorded : OverriddenFields.of(received, recorded)));
    }

    private static void merge(PodDraft draft, Kind kind, String name, ObjectNode own) {
        ObjectNode target = PodTree.named(PodTree.list(draft.pod(), kind), name);
        if (target != null) {
            StrategicMerge.mergeContainer(target, own);
        }
    }
}
