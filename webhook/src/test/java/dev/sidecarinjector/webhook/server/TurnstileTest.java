package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.webhook.observe.Unserved;
import dev.sidecarinjector.webhook.server.Turnstile.Turn;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnstileTest {
    private static final int SHORT = 4_000;
    private static final int LONG = 6_000_000;
    private static final int QUEUE = 3;
    private final Turnstile turnstile = new Turnstile(2, QUEUE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        threads.close();
    }

    @Test
    void asManyComputeAsThereAreProcessorsAndTheNextWaitsForATurn() throws Exception {
        occupy(SHORT, 2);
        Future<String> next = threads.submit(computing(SHORT));
        assertThat(waits(next)).isTrue();
        release.countDown();
        assertThat(next.get()).isEqualTo("done");
    }

    @Test
    void longReviewsComputeOneAtATimeAndTakeNoTurnFromShortOnes() throws Exception {
        occupy(LONG, 1);
        Future<String> second = threads.submit(computing(LONG));
        assertThat(waits(second)).isTrue();
        CountDownLatch both = new CountDownLatch(2);
        Callable<String> meeting = () -> turnstile.compute(SHORT, soon(), () -> {
            both.countDown();
            await(both);
            return "met";
        });
        Future<String> one = threads.submit(meeting);
        assertThat(meeting.call()).as("two short ones compute at the same time beside the long one").isEqualTo("met");
        assertThat(one.get()).isEqualTo("met");
        release.countDown();
        assertThat(second.get()).isEqualTo("done");
    }

    @Test
    void aLongReviewComputesOnAThreadThatSharesItsProcessor() throws Exception {
        assertThat(turnstile.<Boolean>compute(LONG, soon(), () -> Thread.currentThread().isVirtual())).isFalse();
    }

    @Test
    void moreThanTheQueueHoldsAreRefusedAtOnce() throws Exception {
        occupy(SHORT, 2);
        for (int i = 0; i < QUEUE; i++) {
            Future<String> _ = threads.submit(computing(SHORT));
        }
        while (turnstile.waiting() < QUEUE) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> turnstile.compute(SHORT, soon(), () -> "never")).isInstanceOfSatisfying(UnservedException.class, e -> {
            assertThat(e.reason()).isEqualTo(Unserved.OVERLOADED);
            assertThat(e.status()).isEqualTo(429);
        });
        assertThat(turnstile.waiting()).isEqualTo(QUEUE);
    }

    @Test
    void whoeverGetsNoTurnInTimeIsToldSo() throws Exception {
        occupy(SHORT, 2);
        occupy(LONG, 1);
        for (int length : new int[]{SHORT, LONG}) {
            assertThatThrownBy(() -> turnstile.compute(length, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20), () -> "never"))
                    .isInstanceOfSatisfying(UnservedException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Unserved.DEADLINE);
                        assertThat(e.status()).isEqualTo(504);
                    });
        }
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void aLongReviewThatComputesWhenItsTimeIsOverIsAnsweredAllTheSame() throws Exception {
        assertThatThrownBy(() -> turnstile.compute(LONG, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20), () -> {
            await(release);
            return "too late";
        })).isInstanceOf(UnservedException.class);
    }

    @Test
    void aFaultOfALongComputationComesOut() {
        assertThatThrownBy(() -> turnstile.compute(LONG, soon(), () -> {
            throw new IllegalStateException("a bug");
        })).hasRootCauseMessage("a bug");
    }

    @Test
    void onlyFourBodiesAreHeldThatAreLongOrOfUnknownLength() throws Exception {
        for (int i = 0; i < 4; i++) {
            turnstile.toHold(i % 2 == 0 ? LONG : -1, soon());
        }
        turnstile.toHold(SHORT, soon()).close();
        for (int length : new int[]{LONG, -1}) {
            assertThatThrownBy(() -> turnstile.toHold(length, System.nanoTime())).isInstanceOf(UnservedException.class);
        }
    }

    @Test
    void shortBodiesAreHeldUpTo64MebibytesTogether() throws Exception {
        int length = 500 * 1024;
        Turn last = null;
        for (int i = 0; i < 64 * 1024 / 501; i++) {
            last = turnstile.toHold(length, soon());
        }
        assertThatThrownBy(() -> turnstile.toHold(length, System.nanoTime())).isInstanceOf(UnservedException.class);
        last.close();
        turnstile.toHold(length, System.nanoTime()).close();
    }

    /** Starts computations and returns when they compute. */
    private void occupy(int length, int count) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> {
                try {
                    turnstile.compute(length, soon(), () -> {
                        inside.countDown();
                        await(release);
                        return "done";
                    });
                } catch (InterruptedException | UnservedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        inside.await();
    }

    private Callable<String> computing(int length) {
        return () -> turnstile.compute(length, soon(), () -> "done");
    }

    private static boolean waits(Future<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(200, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException _) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    }
}
