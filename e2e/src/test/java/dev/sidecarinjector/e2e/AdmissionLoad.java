package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Admissions one after the other at a pace, from several clients, as dry runs, until it is ended; each answer is judged. */
final class AdmissionLoad implements AutoCloseable {
    private static final int CLIENTS = 4;
    /** More than a hundred admissions a second are left, and processors for the program that starts meanwhile. */
    private static final Duration PACE = Duration.ofMillis(25);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private AdmissionLoad() {}

    /** Begins. The judge says what is wrong with a pod; null for nothing. Pods that are refused are wrong by themselves. */
    static AdmissionLoad on(KubernetesClient client, Workloads pods, Function<Pod, @Nullable String> judge) {
        AdmissionLoad load = new AdmissionLoad();
        for (int i = 0; i < CLIENTS; i++) {
            Pod pod = pods.pod("load-" + i, Map.of()).build();
            load.threads.execute(() -> {
                while (!load.ended) {
                    String wrong;
                    try {
                        wrong = judge.apply(client.resource(pod).dryRun().create());
                    } catch (RuntimeException e) {
                        wrong = e.toString();
                    }
                    load.answers.incrementAndGet();
                    if (wrong != null) {
                        load.complaints.add(wrong);
                    }
                    LockSupport.parkNanos(PACE.toNanos());
                }
            });
        }
        return load;
    }

    /** Answers so far, good and bad. */
    int answers() {
        return answers.get();
    }

    /** What was wrong so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Returns when the last answer was judged. */
    void end() {
        ended = true;
        threads.close();
    }

    @Override
    public void close() {
        end();
    }
}
