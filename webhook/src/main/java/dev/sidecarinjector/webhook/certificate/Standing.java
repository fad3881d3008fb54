package dev.sidecarinjector.webhook.certificate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate stands with its clients.
 *
 * @param everywhere whether every registration trusts it; true where there is none
 * @param somewhere  whether one does; true where there is none
 * @param end        when it expires
 */
public record Standing(boolean everywhere, boolean somewhere, Instant end) {
    /**
     * Whether a replica that shows {@code shown} goes over to {@code offered}: not before all clients trust it, unless the shown one is of no use any more.
     */
    public static boolean change(@Nullable Standing shown, Standing offered, Instant now) {
        if (shown == null) {
            return true;
        }
        if (!now.isBefore(offered.end)) {
            return false;
        }
        return offered.everywhere || !now.isBefore(shown.end) || !shown.somewhere;
    }
}
