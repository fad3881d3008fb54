package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One injection on its way: the pod as it changes, the pod as it came, and what the templates brought.
 *
 * <p>Confined to one thread; belongs to one call of the injector.
 */
public final class PodDraft {
    private final ObjectNode pod;
    private final ObjectNode received;
    private final Circumstances circumstances;
    private final List<Warning> warnings;
    private final InjectedNames injected = new InjectedNames();
    private final @Nullable InjectionStatus receivedStatus;
    private @Nullable Overrides overrides;
    private boolean assignedIdsDropped;

    /**
     * @param received the pod as it came; never modified
     * @param warnings grows by what the pod's author should know
     */
    public PodDraft(ObjectNode received, Circumstances circumstances, List<Warning> warnings) {
        this.received = received;
        this.circumstances = circumstances;
        this.warnings = warnings;
        String status = receivedAnnotation(InjectionStatus.ANNOTATION);
        this.receivedStatus = status == null ? null : InjectionStatus.parse(status, warnings);
        this.pod = receivedStatus == null ? DraftCopy.of(received) : received.deepCopy();
    }

    public ObjectNode pod() {
        return pod;
    }

    public ObjectNode received() {
        return received;
    }

    public Circumstances circumstances() {
        return circumstances;
    }

    public InjectedNames injected() {
        return injected;
    }

    /** What an earlier injection recorded on the pod as it came; null where there was none, or its record is malformed. */
    public @Nullable InjectionStatus receivedStatus() {
        return receivedStatus;
    }

    /** An annotation of the pod as it is now. */
    public @Nullable String annotation(String name) {
        return PodTree.text(PodTree.object(pod.get(PodTree.METADATA), "annotations"), name);
    }

    /** An annotation of the pod as it came. */
    public @Nullable String receivedAnnotation(String name) {
        return PodTree.text(PodTree.object(received.get(PodTree.METADATA), "annotations"), name);
    }

    /** Annotations of the pod as it is now, made where there are none. */
    ObjectNode annotations() {
        return PodTree.needObject(PodTree.needObject(pod, PodTree.METADATA), "annotations");
    }

    /** Labels of the pod as it is now, made where there are none. */
    ObjectNode labels() {
        return PodTree.needObject(PodTree.needObject(pod, PodTree.METADATA), "labels");
    }

    /** The proxy's container in the pod as it is now. */
    @Nullable
    ObjectNode proxy() {
        return ProxyContainer.find(pod);
    }

    /** Whether an earlier injection recorded that it brought this container to this list. */
    boolean broughtBefore(Kind kind, String name) {
        return receivedStatus != null && receivedStatus.names(kind).contains(name);
    }

    /**
     * What an earlier injection recorded of the author's own containers.
     *
     * @throws dev.sidecarinjector.injection.InjectionException where the annotation is malformed
     */
    Overrides overrides() {
        if (overrides == null) {
            overrides = Overrides.parse(receivedAnnotation(Overrides.ANNOTATION));
        }
        return overrides;
    }

    List<Warning> warnings() {
        return warnings;
    }

    void warn(String what, String where, String remedy) {
        warnings.add(new Warning(what, where, remedy));
    }

    void assignedIdsWereDropped() {
        assignedIdsDropped = true;
    }

    /** Whether the user ids on the author's own proxy container are OpenShift's and not the author's. */
    boolean assignedIdsDropped() {
        return assignedIdsDropped;
    }
}
