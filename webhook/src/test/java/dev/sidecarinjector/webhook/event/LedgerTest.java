package dev.sidecarinjector.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.event.Series.Subject;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes an Event, what is counted into one, and what is dropped. */
class LedgerTest {
    private Instant now = Instant.parse("2026-05-06T07:08:09Z");
    private final Ledger ledger = new Ledger(now);

    @Test
    void equalReportsAreOneSeriesWithACount() {
        report("a", "same");
        Series first = ledger.next(now);
        first.written("a.1");
        report("a", "same");
        report("a", "same");
        Series again = ledger.next(now);
        assertThat(again).isSameAs(first);
        assertThat(again.count()).isEqualTo(3);
        assertThat(ledger.next(now)).isNull();
    }

    @Test
    void reportsThatDifferAreSeriesOfTheirOwn() {
        report("a", "one");
        report("a", "two");
        report("b", "one");
        assertThat(due()).extracting(series -> series.key().subject().name() + series.key().note()).containsExactly("aone", "atwo", "bone");
    }

    @Test
    void afterTheWindowTheSameReportIsANewEvent() {
        report("a", "same");
        Series first = ledger.next(now);
        first.written("a.1");
        now = now.plus(Ledger.WINDOW).plusSeconds(1);
        report("a", "same");
        Series second = ledger.next(now);
        assertThat(second).isNotSameAs(first);
        assertThat(second.count()).isOne();
        assertThat(second.name()).isNull();
    }

    @Test
    void anObjectWithEverNewNotesHasItsShareAndGetsMoreWithTime() {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += report("a", "note " + i) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(Ledger.OBJECT_BURST);
        assertThat(report("b", "note")).as("another object").isTrue();
        assertThat(report("a", "note 0")).as("a known report only counts").isTrue();
        now = now.plus(Ledger.OBJECT_INTERVAL);
        assertThat(report("a", "late")).isTrue();
        assertThat(report("a", "too early")).isFalse();
    }

    @Test
    void updatesOfOneObjectWaitForTheirTimeAndThenHoldTheWholeCount() {
        report("a", "same");
        ledger.next(now).written("a.1");
        for (int i = 0; i < 200; i++) {
            report("a", "same");
            ledger.next(now);
        }
        report("a", "same");
        assertThat(ledger.next(now)).isNull();
        assertThat(ledger.isWaiting()).isTrue();
        now = now.plus(Ledger.OBJECT_INTERVAL);
        assertThat(ledger.next(now).count()).isEqualTo(202);
        assertThat(ledger.isWaiting()).isFalse();
    }

    @Test
    void allTogetherHaveARateToo() {
        for (int i = 0; i < 200; i++) {
            report("object" + i, "note");
        }
        assertThat(due()).hasSize(Ledger.BURST);
        now = now.plus(Ledger.INTERVAL.multipliedBy(7));
        assertThat(due()).hasSize(7);
        assertThat(ledger.isWaiting()).isTrue();
    }

    @Test
    void memoryIsBounded() {
        int taken = 0;
        for (int i = 0; i < 3 * Ledger.REMEMBERED; i++) {
            taken += report("object" + i, "note") ? 1 : 0;
        }
        assertThat(taken).isEqualTo(Ledger.REMEMBERED);
    }

    @Test
    void aBucketGivesNothingForAClockThatGoesBack() {
        TokenBucket bucket = new TokenBucket(1, Duration.ofSeconds(10), now);
        assertThat(bucket.take(now)).isTrue();
        assertThat(bucket.take(now.minusSeconds(3600))).isFalse();
        assertThat(bucket.take(now.minusSeconds(3595))).isFalse();
        assertThat(bucket.take(now.minusSeconds(3590))).isTrue();
    }

    private boolean report(String name, String note) {
        ObjectReference about = new ObjectReferenceBuilder().withKind("Job").withNamespace("shop").withName(name).build();
        return ledger.add(about, new Series.Key(Subject.of(about), Events.Type.NORMAL, "Injected", note), now);
    }

    private List<Series> due() {
        List<Series> all = new ArrayList<>();
        for (Series next = ledger.next(now); next != null; next = ledger.next(now)) {
            all.add(next);
        }
        return all;
    }
}
