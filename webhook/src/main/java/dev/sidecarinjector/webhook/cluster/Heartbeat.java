package dev.sidecarinjector.webhook.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Objects;

/**
 * Asks the API server for its version now and then. A watch cannot tell silence from nothing having happened, and the client takes up broken
 * ones by itself without a word; so this is how readiness learns that what is remembered may be old. It needs no permission.
 */
final class Heartbeat implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String SUBJECT = "API server";

    private final Thread thread;
    private volatile boolean closed;

    Heartbeat(KubernetesClient client, ClusterCondition condition, Duration interval) {
        condition.awaited(SUBJECT);
        thread = Thread.ofVirtual().name("heartbeat").start(() -> {
            try {
                while (!closed) {
                    ask(client, condition);
                    Thread.sleep(interval);
                }
            } catch (InterruptedException _) {
                // closed
            }
        });
    }

    private void ask(KubernetesClient client, ClusterCondition condition) {
        try {
            client.getKubernetesVersion();
            condition.clear(SUBJECT);
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            if (!closed) {
                condition.failed(SUBJECT,
                        "it does not answer (" + Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName())
                                + ")");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
