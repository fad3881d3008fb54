package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An injection that is made when the first pod asks for it. */
final class LateInjection implements PodInjection {
    private final Supplier<? extends PodInjection> maker;
    private final boolean obeysSwitches;
    private @Nullable PodInjection made;

    LateInjection(Supplier<PodInjection> maker) {
        this(maker, true);
    }

    /** @param obeysSwitches as {@link PodInjection#obeysSwitches()} */
    LateInjection(Supplier<? extends PodInjection> maker, boolean obeysSwitches) {
        this.maker = maker;
        this.obeysSwitches = obeysSwitches;
    }

    @Override
    public boolean obeysSwitches() {
        return obeysSwitches;
    }

    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        return made().inject(pod, owner);
    }

    private synchronized PodInjection made() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
