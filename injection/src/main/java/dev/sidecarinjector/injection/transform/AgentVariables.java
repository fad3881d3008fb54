package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * On a pod that was injected before, keeps the variables that tell the agent how the pod was before the first injection: nothing else knows
 * it any more. A template may just have replaced them.
 */
final class AgentVariables implements Transform {
    private static final String[] NAMES = {PrometheusMerge.VARIABLE, AppProbers.VARIABLE};

    @Override
    public void apply(PodDraft draft) {
        if (draft.receivedStatus() == null) {
            return;
        }
        keep(ProxyContainer.find(draft.received()), draft.proxy());
    }

    private static void keep(@Nullable ObjectNode received, @Nullable ObjectNode proxy) {
        for (String name : NAMES) {
            String value = Env.value(received, name);
            if (proxy != null && value != null && !value.equals(Env.value(proxy, name))) {
                Env.put(proxy, name, value);
            }
        }
    }
}
