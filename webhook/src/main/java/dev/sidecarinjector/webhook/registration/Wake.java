package dev.sidecarinjector.webhook.registration;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Tells that something changed, whatever it is. */
record Wake<T>(Runnable wake) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
        wake.run();
    }

    @Override
    public void onUpdate(T before, T after) {
        wake.run();
    }

    @Override
    public void onDelete(T object, boolean stateUnknown) {
        wake.run();
    }
}
