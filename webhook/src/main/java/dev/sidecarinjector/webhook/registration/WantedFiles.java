package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.server.Readiness;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wanted registrations, read again and again. A bad set changes nothing and is said once. */
final class WantedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WantedFiles.class);

    private final @Nullable RegistrationFiles files;
    private final Readiness readiness;
    private List<WantedRegistration> wanted = List.of();
    private boolean changed;
    private String fault = "";

    WantedFiles(KeeperOptions options, Readiness readiness) {
        Path folder = options.registrations();
        this.files = folder == null ? null : new RegistrationFiles(folder, options.revision(), options.namespace(), options.podLabels());
        this.readiness = readiness;
    }

    /** Polled, since that works on every file system and for every way to swap files. */
    void poll() {
        if (files == null) {
            return;
        }
        try {
            List<WantedRegistration> now = files.read();
            changed = !now.equals(wanted);
            wanted = now;
            if (!fault.isEmpty()) {
                fault = "";
                readiness.report(Readiness.Part.REGISTRATION, Readiness.State.OK, "");
            }
        } catch (RuntimeException e) {
            // Also what nobody thought of: a turn that fails would be the last.
            changed = false;
            String line = String.valueOf(e.getMessage());
            if (!line.equals(fault)) {
                fault = line;
                LOG.error("{}; the registrations stay as they were", line);
                readiness.report(Readiness.Part.REGISTRATION, Readiness.State.DEGRADED, line);
            }
        }
    }

    boolean changed() {
        return changed;
    }

    List<WantedRegistration> wanted() {
        return wanted;
    }
}
