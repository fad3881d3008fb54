package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final long SECOND = 1_000_000_000L;
    private final AtomicLong time = new AtomicLong();
    private Leadership.Held held;
    private int version;
    private boolean down;

    private final Leadership.Lease lease = new Leadership.Lease() {
        @Override
        public Leadership.Held read() {
            if (down) {
                throw new UncheckedIOException(new java.io.IOException("unreachable"));
            }
            return held;
        }

        @Override
        public boolean write(Leadership.Held read, String holder) {
            if (held != null && !held.equals(read)) {
                return false;
            }
            held = new Leadership.Held(holder, "v" + ++version);
            return true;
        }
    };

    @Test
    void theFirstLeadsAtOnceAndTheSecondWaitsForItsEnd() {
        Leadership a = replica("a", 0);
        Leadership b = replica("b", 0);
        a.turn();
        b.turn();
        assertThat(a.leads()).isTrue();
        assertThat(b.leads()).isFalse();
        for (int i = 0; i < 15; i++) {
            assertThat(b.leads()).as("after %s s", i).isFalse();
            time.addAndGet(SECOND);
            b.turn();
        }
        assertThat(b.leads()).isTrue();
        assertThat(a.leads()).isFalse();
    }

    @Test
    void aLeaderThatCannotRenewStopsByItself() {
        Leadership a = replica("a", 0);
        a.turn();
        down = true;
        time.addAndGet(9 * SECOND);
        assertThatThrownBy(a::turn).isInstanceOf(UncheckedIOException.class);
        assertThat(a.leads()).isTrue();
        time.addAndGet(SECOND);
        assertThat(a.leads()).isFalse();
    }

    @Test
    void aClockThatIsMinutesAheadTakesNothingAway() {
        Leadership a = replica("a", 0);
        Leadership ahead = replica("b", 600 * SECOND);
        for (int i = 0; i < 100; i++) {
            a.turn();
            ahead.turn();
            assertThat(a.leads()).isTrue();
            assertThat(ahead.leads()).isFalse();
            time.addAndGet(2 * SECOND);
        }
    }

    @Test
    void whoReleasesNeedNotBeWaitedFor() {
        Leadership a = replica("a", 0);
        Leadership b = replica("b", 0);
        a.turn();
        b.turn();
        a.release();
        assertThat(a.leads()).isFalse();
        b.turn();
        assertThat(b.leads()).isTrue();
    }

    @Test
    void atNoTimeDoTwoLead() {
        for (int seed = 0; seed < 500; seed++) {
            Random dice = new Random(seed);
            held = null;
            List<Leadership> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(replica("r" + i, dice.nextInt(1000) * SECOND));
            }
            int changes = 0;
            Leadership leader = null;
            for (int i = 0; i < 300; i++) {
                Leadership one = all.get(dice.nextInt(4));
                switch (dice.nextInt(20)) {
                    case 0 -> one.release();
                    case 1 -> time.addAndGet(dice.nextInt(30) * SECOND);
                    default -> one.turn();
                }
                time.addAndGet(dice.nextInt(1000) * SECOND / 1000);
                List<Leadership> leading = all.stream().filter(Leadership::leads).toList();
                assertThat(leading).as("seed %s, move %s", seed, i).hasSizeLessThanOrEqualTo(1);
                if (!leading.isEmpty() && leading.getFirst() != leader) {
                    leader = leading.getFirst();
                    changes++;
                }
            }
            assertThat(changes).isPositive();
        }
    }

    private Leadership replica(String name, long ahead) {
        return new Leadership(lease, name, () -> time.get() + ahead);
    }
}
