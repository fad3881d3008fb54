package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.yaml.YamlDocument;
import dev.sidecarinjector.injection.yaml.YamlDocuments;
import dev.sidecarinjector.injection.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Converts the documents of one input: read one by one, converted side by side, written in their order. */
final class Conversion {
    /** Documents that are held at a time; with it memory is bounded by the largest ones. */
    private static final int WINDOW_PER_THREAD = 4;

    private final Input input;
    private final Manifests manifests;
    private final Output out;
    private final Messages messages;
    private @Nullable YamlException broken;

    Conversion(Input input, Manifests manifests, Output out, Messages messages) {
        this.input = input;
        this.manifests = manifests;
        this.out = out;
        this.messages = messages;
    }

    void run() {
        try (InputStream in = input.open()) {
            YamlDocuments documents = new YamlDocuments(in);
            YamlDocument first = next(documents);
            YamlDocument second = first == null ? null : next(documents);
            if (first != null && second != null) {
                sideBySide(first, second, documents);
            } else if (first != null) {
                write(convert(first));
            }
        } catch (IOException e) {
            throw new CommandFailure("read " + input.name() + ": " + Input.reason(e));
        }
        if (broken != null) {
            throw located(broken);
        }
    }

    /** Errors come in the order of the documents: one of the stream itself waits until what was read before is written. */
    private @Nullable YamlDocument next(YamlDocuments documents) throws IOException {
        try {
            return documents.next();
        } catch (YamlException e) {
            broken = e;
            return null;
        }
    }

    private void sideBySide(YamlDocument first, YamlDocument second, YamlDocuments documents) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        Deque<Future<Converted>> pending = new ArrayDeque<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads, daemons())) {
            try {
                submit(first, workers, pending);
                submit(second, workers, pending);
                while (submit(next(documents), workers, pending)) {
                    if (pending.size() >= threads * WINDOW_PER_THREAD) {
                        write(result(pending.remove()));
                    }
                }
                while (!pending.isEmpty()) {
                    write(result(pending.remove()));
                }
            } finally {
                pending.forEach(rest -> rest.cancel(true));
            }
        }
    }

    private boolean submit(@Nullable YamlDocument document, ExecutorService workers, Deque<Future<Converted>> pending) {
        if (document == null) {
            return false;
        }
        pending.add(workers.submit(() -> convert(document)));
        return true;
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "convert");
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Converted result(Future<Converted> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private Converted convert(YamlDocument document) {
        try {
            return manifests.convert(document);
        } catch (YamlException e) {
            throw located(e);
        } catch (CommandFailure e) {
            throw new CommandFailure(input.name() + ":" + document.firstLine() + ": " + e.getMessage());
        }
    }

    private CommandFailure located(YamlException e) {
        return new CommandFailure(input.name() + ":" + e.line() + ":" + e.column() + ": " + e.getMessage());
    }

    private void write(Converted converted) {
        messages.document(input.name(), converted.warnings());
        out.write(converted.bytes());
    }
}
