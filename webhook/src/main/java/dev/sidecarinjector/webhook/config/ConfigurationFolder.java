package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.webhook.config.Reading.Complete;
import dev.sidecarinjector.webhook.config.Reading.Culprit;
import dev.sidecarinjector.webhook.config.Reading.Incomplete;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder with the files {@code config}, {@code values} and perhaps {@code mesh}: plain ones, or those of a mounted ConfigMap, which change
 * when the link {@code ..data} is put on another folder.
 */
public final class ConfigurationFolder extends ConfigurationSource {
    /** How often the files are read although nothing was said to have changed: file systems exist that do not tell. */
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);
    private static final int READINGS = 20;
    private static final WatchEvent.Kind<?>[] EVERYTHING = {StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE};

    private final Path folder;
    private final @Nullable ObjectReference pod;
    private final Duration lookAnyway;
    private volatile boolean closed;
    private volatile @Nullable Thread watcher;

    /** @param pod this program's own, which Events about the files belong to; null where it is not in one */
    public ConfigurationFolder(Path folder, @Nullable ObjectReference pod) {
        this(folder, pod, LOOK_ANYWAY);
    }

    ConfigurationFolder(Path folder, @Nullable ObjectReference pod, Duration lookAnyway) {
        this.folder = folder;
        this.pod = pod;
        this.lookAnyway = lookAnyway;
    }

    @Override
    String place() {
        return "the folder " + folder;
    }

    @Override
    @Nullable
    ObjectReference about(Culprit culprit) {
        return pod;
    }

    /** Two equal readings one after the other: between them all files had these contents at once, whatever was exchanged meanwhile. */
    @Override
    Reading read() {
        Reading last = readOnce();
        for (int i = 0; i < READINGS; i++) {
            Reading again = readOnce();
            if (again.equals(last)) {
                return again;
            }
            last = again;
        }
        return new Incomplete(Culprit.INJECTOR, place() + " changes faster than it can be read");
    }

    private Reading readOnce() {
        Path part = folder.resolve("config");
        Culprit culprit = Culprit.INJECTOR;
        try {
            String config = Files.readString(part);
            part = folder.resolve("values");
            String values = Files.readString(part);
            part = folder.resolve("mesh");
            culprit = Culprit.MESH;
            return new Complete(new ConfigurationTexts(config, values, Files.exists(part) ? Files.readString(part) : null));
        } catch (NoSuchFileException _) {
            return new Incomplete(culprit,
                    part + ": no such file; --config-dir needs a folder with the files config and values, and optionally mesh");
        } catch (CharacterCodingException _) {
            return new Incomplete(culprit, part + ": not a text in UTF-8");
        } catch (IOException e) {
            return new Incomplete(culprit, part + ": cannot be read: " + e);
        }
    }

    @Override
    void watch(Runnable changed) {
        // A thread of the system: under load a virtual one would stand in line with the admissions.
        watcher = Thread.ofPlatform().daemon().name("configuration-files").start(() -> {
            while (!closed) {
                try {
                    follow(changed);
                } catch (InterruptedException | ClosedWatchServiceException _) {
                    return;
                }
            }
        });
    }

    private void follow(Runnable changed) throws InterruptedException {
        try (WatchService service = folder.getFileSystem().newWatchService()) {
            while (!closed) {
                // Each time anew: the folder itself may have been exchanged. For the same one the key is the same.
                folder.register(service, EVERYTHING);
                changed.run();
                WatchKey key = service.poll(lookAnyway.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (IOException _) {
            // Not there at the moment, or no watches left: then only looking helps.
            changed.run();
            Thread.sleep(lookAnyway);
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running = watcher;
        if (running != null) {
            running.interrupt();
        }
    }
}
