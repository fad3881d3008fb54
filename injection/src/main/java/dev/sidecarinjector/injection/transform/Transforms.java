package dev.sidecarinjector.injection.transform;

import java.util.List;

/** What happens to a pod after the templates and the author's own containers were merged, in this order (spec 12). */
public final class Transforms {
    /** Each relies on what stands before it: names are kept before they are read, and the order of containers comes last. */
    public static final List<Transform> ALL = List.of(new AgentVariables(), new ClusterEnv(), new PrometheusMerge(),
            new SecureMetricsPort(),
            new ProbeRewrite(), new Metadata(), new StableOrder(), new ContainerOrder());

    private Transforms() {}

    /** Applies all. */
    public static void apply(PodDraft draft) {
        for (Transform transform : ALL) {
            transform.apply(draft);
        }
    }
}
