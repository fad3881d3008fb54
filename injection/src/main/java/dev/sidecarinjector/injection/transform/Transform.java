package dev.sidecarinjector.injection.transform;

/** One step after the templates were merged: changes the draft's pod in place. */
@FunctionalInterface
public interface Transform {
    /**
     * Does nothing where the draft does not ask for it.
     *
     * @throws dev.sidecarinjector.injection.InjectionException where the pod's author asks for what cannot be
     */
    void apply(PodDraft draft);
}
