package dev.sidecarinjector.injection;

import java.util.List;

/** Whether to inject, why, and the steps that led there, in order. */
public record Decision(Reason reason, List<Step> steps) {
    public Decision {
        steps = List.copyOf(steps);
    }

    public boolean inject() {
        return reason.verdict() == Verdict.INJECT;
    }
}
