package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameter that the API server adds to the URL: a Go duration. */
class DeadlineTest {
    @ParameterizedTest
    @CsvSource({"timeout=10s, 8000", "timeout=1s, 800", "timeout=1m0s, 24000", "timeout=500ms, 400", "timeout=2.5s, 2000",
            "a=b&timeout=5s, 4000", "timeout=5s&a=b, 4000", "timeout=30s, 24000", "timeout=99h, 24000", "timeout=1m500ms, 24000"})
    void aFifthOfTheApiServersPatienceIsKeptForTheWay(String query, long milliseconds) {
        assertThat(new Deadline(null).nanos(query)).isEqualTo(Duration.ofMillis(milliseconds).toNanos());
    }

    @ParameterizedTest
    @CsvSource({"''", "a=b", "timeout=", "timeout=0s", "timeout=10", "timeout=s", "timeout=-5s", "timeout=5s5", "xtimeout=1s",
            "timeout=99999999999999999999s", "timeout=%31s"})
    void whatSaysNothingUsefulMeansEightSeconds(String query) {
        assertThat(new Deadline(null).nanos(query)).isEqualTo(Duration.ofSeconds(8).toNanos());
    }

    @Test
    void noQueryMeansEightSeconds() {
        assertThat(new Deadline(null).nanos(null)).isEqualTo(Duration.ofSeconds(8).toNanos());
    }

    @Test
    void theOptionGoesBeforeWhatTheApiServerSays() {
        assertThat(new Deadline(Duration.ofSeconds(3)).nanos("timeout=10s")).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void manyQueriesAreReadWithoutBeingKept() {
        Deadline deadline = new Deadline(null);
        for (int i = 1; i < 1000; i++) {
            assertThat(deadline.nanos("timeout=" + i + "ms")).isEqualTo(i * 800_000L);
        }
    }
}
