package dev.sidecarinjector.webhook.certificate;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees when the files of {@code --cert-dir} hold another certificate. It reads them every second: three small files, and it works on every file system
 * and for every way to exchange them, a symbolic link of a mounted Secret included.
 */
public final class CertificateFolderWatch implements AutoCloseable {
    private final CertificateFolder folder;
    private final Consumer<ServingCertificate> take;
    private final Consumer<String> refuse;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("cert-dir").daemon().factory());
    private ServingCertificate current;
    private @Nullable ServingCertificate seen;
    private String fault = "";

    /**
     * Call {@link #start} to begin.
     *
     * @param current what the folder held when the program started
     * @param take    gets each new certificate
     * @param refuse  gets what is wrong with files that cannot be used, once; and an empty text when they can be again
     */
    public CertificateFolderWatch(Path folder, ServingCertificate current, Consumer<ServingCertificate> take, Consumer<String> refuse) {
        this.folder = new CertificateFolder(folder);
        this.current = current;
        this.take = take;
        this.refuse = refuse;
    }

    /** Begins. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
    }

    /** A set is taken when it was the same twice: one that is being exchanged, file by file, is not. */
    void poll() {
        ServingCertificate now;
        try {
            now = folder.given();
        } catch (RuntimeException e) {
            // Whatever it is, a later look may be better.
            seen = null;
            say(String.valueOf(e.getMessage()));
            return;
        }
        if (now.equals(current)) {
            seen = null;
            say("");
        } else if (now.equals(seen)) {
            current = now;
            seen = null;
            say("");
            take.accept(now);
        } else {
            seen = now;
        }
    }

    private void say(String text) {
        if (!text.equals(fault)) {
            fault = text;
            refuse.accept(text);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
