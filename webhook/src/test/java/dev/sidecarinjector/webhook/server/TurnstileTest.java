package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.server.Turnstile.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnstileTest {
    private static final int SHORT = 4_000;
    private static final int LONG = 6_000_000;
    private final Turnstile turnstile = new Turnstile();

    @Test
    void asManyComputeAsThereAreProcessorsAndTheNextWaitsForATurn() throws Exception {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            turns.add(turnstile.toCompute(SHORT));
        }
        Thread next = Thread.ofVirtual().start(() -> enter(SHORT));
        assertThat(next.join(Duration.ofMillis(200))).isFalse();
        turns.removeFirst().close();
        assertThat(next.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aSecondLongReviewWaitsAndTakesNoTurnFromShortOnes() throws Exception {
        Turn first = turnstile.toCompute(LONG);
        Thread second = Thread.ofVirtual().start(() -> enter(LONG));
        assertThat(second.join(Duration.ofMillis(200))).isFalse();
        if (Runtime.getRuntime().availableProcessors() > 1) {
            enter(SHORT);
        }
        first.close();
        assertThat(second.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void onlyLongBodiesAndThoseOfUnknownLengthWaitToBeRead() throws Exception {
        for (int i = 0; i < 4; i++) {
            turnstile.toHold(LONG);
        }
        turnstile.toHold(SHORT).close();
        Thread unknown = Thread.ofVirtual().start(() -> {
            try {
                turnstile.toHold(-1).close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(unknown.join(Duration.ofMillis(200))).isFalse();
        unknown.interrupt();
    }

    private void enter(int length) {
        try (Turn _ = turnstile.toCompute(length)) {
            assertThat(turnstile).isNotNull();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
