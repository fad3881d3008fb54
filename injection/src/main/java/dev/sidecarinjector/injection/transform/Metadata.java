package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.config.Configuration;
import tools.jackson.databind.node.ObjectNode;

/** Writes the network's label, the record of this injection, and the operator's own annotations (spec 12.6). */
public final class Metadata implements Transform {
    static final String NETWORK_LABEL = "topology.istio.io/network";
    static final String NETWORK_VARIABLE = "ISTIO_META_NETWORK";

    @Override
    public void apply(PodDraft draft) {
        Circumstances circumstances = draft.circumstances();
        Configuration configuration = circumstances.configuration();
        String network = circumstances.proxyEnv().get(NETWORK_VARIABLE);
        if (network != null) {
            draft.labels().put(NETWORK_LABEL, network);
        }
        InjectedNames names = draft.injected();
        ObjectNode annotations = draft.annotations();
        annotations.put(InjectionStatus.ANNOTATION, new InjectionStatus(names.initContainers(), names.containers(), names.volumes(),
                names.imagePullSecrets(), configuration.features().revision()).toJson());
        if (circumstances.context().view() == InjectionContext.View.WEBHOOK) {
            configuration.inject().injectedAnnotations().forEach(annotations::put);
        }
    }
}
