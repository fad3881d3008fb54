package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of one replica beside another: API servers keep their connections, and learn late where to open new ones. */
@Timeout(120)
class DrainTest {
    private static final Duration GRACE = Duration.ofSeconds(4);
    /** How much later than readiness the cluster's routes change. */
    private static final int LAG = 500;

    private final Surroundings around = Surroundings.of(new Admissions(new StubEngine(), ClusterView.NONE));
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile WebhookServer route;
    private volatile boolean over;

    @Test
    void noReviewIsLostWhileAReplicaEnds() throws Exception {
        WebhookServer ending = WebhookServer.start(ServerOptions.loopback().withGrace(GRACE), around);
        CountDownLatch running = new CountDownLatch(200);
        try (WebhookServer other = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            route = ending;
            for (int i = 0; i < 8; i++) {
                int pause = i < 4 ? 0 : 200;
                threads.execute(() -> post(running, pause));
            }
            running.await();
            threads.execute(() -> follow(other));
            ending.close();
            int before = served.get();
            while (served.get() < before + 100) {
                Thread.sleep(10);
            }
            over = true;
        }
        assertThat(lost).isEmpty();
        assertThat(closed.get()).as("connections that were ended in order").isGreaterThanOrEqualTo(8);
    }

    @Test
    void readinessIsWithdrawnAtOnceAndReviewsAreStillServed() throws Exception {
        WebhookServer ending = WebhookServer.start(ServerOptions.loopback().withPorts(0, -1).withGrace(GRACE), around);
        int monitoring = ending.monitoringPort();
        try (KeptConnection kept = KeptConnection.to(ending)) {
            kept.review(Reviews.v1(Reviews.POD));
            Thread close = Thread.ofPlatform().start(ending::close);
            while (around.readiness().isReady()) {
                Thread.onSpinWait();
            }
            try (KeptConnection kubelet = KeptConnection.plain(monitoring)) {
                KeptConnection.Answer ready = kubelet.send(KeptConnection.request("GET /healthz/ready", "", new byte[0]));
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.body()).contains("not ready", "stopping: not ready");
            }
            try (KeptConnection kubelet = KeptConnection.plain(monitoring)) {
                assertThat(kubelet.send(KeptConnection.request("GET /healthz/live", "", new byte[0])).status()).isEqualTo(200);
            }
            KeptConnection.Answer last = kept.post("/inject", Reviews.v1(Reviews.POD).getBytes(StandardCharsets.UTF_8));
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.closes()).isTrue();
            close.join();
        }
    }

    private void follow(WebhookServer other) {
        try {
            while (around.readiness().isReady()) {
                Thread.sleep(1);
            }
            Thread.sleep(LAG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        route = other;
    }

    private void post(CountDownLatch running, int pause) {
        List<KeptConnection> open = new ArrayList<>();
        while (!over) {
            try {
                if (open.isEmpty()) {
                    open.add(KeptConnection.to(route));
                }
                KeptConnection.Answer answer = open.getFirst().post("/inject?timeout=10s",
                        Reviews.v1(Reviews.POD).getBytes(StandardCharsets.UTF_8));
                if (answer.status() != 200) {
                    lost.add("status " + answer.status());
                }
                served.incrementAndGet();
                running.countDown();
                if (answer.closes()) {
                    closed.incrementAndGet();
                    open.removeFirst().close();
                }
                Thread.sleep(pause);
            } catch (IOException e) {
                lost.add(e.toString());
                open.clear();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
