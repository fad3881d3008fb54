package dev.sidecarinjector.capture.settings;

import java.util.List;

/** Everything, or some. */
public record Selection<T>(boolean all, List<T> items) {
    /** Whether nothing is selected. */
    public boolean isNone() {
        return !all && items.isEmpty();
    }
}
