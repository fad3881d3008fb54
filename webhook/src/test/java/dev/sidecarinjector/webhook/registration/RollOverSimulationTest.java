package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.Step;
import dev.sidecarinjector.webhook.registration.SimulatedCluster.RegistrationAt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replicas that all write, crash anywhere, read late and have wrong clocks: whoever is ready shows a certificate that every registration trusts. */
class RollOverSimulationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Lives LIVES = Lives.of(Duration.ofDays(90), Duration.ofDays(60));
    private static final Duration SKEW = Duration.ofMinutes(10);

    @Test
    void noScheduleEverShowsAReadyReplicaThatAClientDoesNotTrust() throws Exception {
        simulate(() -> {
            int rollOvers = 0;
            int crashes = 0;
            for (int seed = 0; seed < 3000; seed++) {
                Random dice = new Random(seed);
                SimulatedCluster cluster = new SimulatedCluster(LIVES, 1 + dice.nextInt(2));
                List<SimulatedReplica> replicas = replicas(cluster, dice, 2 + dice.nextInt(3));
                Instant now = START;
                for (int move = 0; move < 300; move++) {
                    SimulatedReplica one = replicas.get(dice.nextInt(replicas.size()));
                    boolean crash = dice.nextInt(25) == 0;
                    crashes += crash ? 1 : 0;
                    one.step(now, crash);
                    replicas.get(dice.nextInt(replicas.size())).watch(dice, now);
                    // Mostly seconds; sometimes weeks in which nobody did anything.
                    now = now.plus(dice.nextInt(12) == 0 ? Duration.ofDays(dice.nextInt(40)) : Duration.ofSeconds(dice.nextInt(20)));
                    check(cluster, replicas, now, "seed " + seed + ", move " + move);
                }
                rollOvers += (int) cluster.secrets.stream().flatMap(at -> at.state().authorities().stream()).distinct().count() - 1;
            }
            assertThat(rollOvers).as("the schedules are long enough to mean something").isGreaterThan(3000);
            assertThat(crashes).isGreaterThan(10_000);
            return null;
        });
    }

    @Test
    void everyOrderOfTwoReplicasStepsWithACrashAnywhereLeadsToOneAuthority() throws Exception {
        simulate(() -> {
            int schedules = 0;
            int moves = 16;
            // Every schedule of two replicas' calls: a bit per move says whose; with the crash at each move, and with none.
            for (int order = 0; order < 1 << moves; order += 7) {
                int crashAt = order % (moves + 1);
                SimulatedCluster cluster = new SimulatedCluster(LIVES, 1);
                List<SimulatedReplica> replicas = List.of(new SimulatedReplica(cluster, SKEW),
                        new SimulatedReplica(cluster, SKEW.negated()));
                for (int move = 0; move < moves; move++) {
                    replicas.get(order >> move & 1).step(START, move == crashAt);
                }
                settle(cluster, replicas, START);
                assertThat(cluster.secret().state().authorities()).as("order %s", order).hasSize(1);
                assertThat(cluster.secret().version()).as("one authority and one certificate were written, order %s", order).isEqualTo(2);
                check(cluster, replicas, START, "order " + order);
                schedules++;
            }
            assertThat(schedules).isGreaterThan(9000);
            return null;
        });
    }

    @Test
    void everyOrderOfStepsDuringARollOverKeepsBothAuthoritiesTrusted() throws Exception {
        simulate(() -> {
            int moves = 13;
            for (int order = 0; order < 1 << moves; order++) {
                SimulatedCluster cluster = new SimulatedCluster(LIVES, 2);
                List<SimulatedReplica> replicas = List.of(new SimulatedReplica(cluster, SKEW),
                        new SimulatedReplica(cluster, SKEW.negated()));
                settle(cluster, replicas, START);
                settle(cluster, replicas, START.plus(LIVES.settle()));
                Instant due = START.plus(Duration.ofDays(80));
                settle(cluster, replicas, due);
                Instant next = START.plus(Duration.ofDays(241)).minus(SKEW);
                for (int move = 0; move < moves; move++) {
                    replicas.get(order >> move & 1).step(next.plus(LIVES.settle().multipliedBy(move)), move == order % moves);
                    replicas.forEach(replica -> replica.watchAll(next));
                    check(cluster, replicas, next, "order " + order + ", move " + move);
                }
            }
            return null;
        });
    }

    @Test
    void withWrongClocksAndFairTurnsSomebodyServesAllTheTime() throws Exception {
        simulate(() -> {
            for (int seed = 0; seed < 20; seed++) {
                Random dice = new Random(seed);
                SimulatedCluster cluster = new SimulatedCluster(LIVES, 2);
                List<SimulatedReplica> replicas = replicas(cluster, dice, 3);
                Instant now = START;
                for (int hours = 0; hours < 24 * 900; hours += 36) {
                    now = START.plus(Duration.ofHours(hours));
                    settle(cluster, replicas, now);
                    settle(cluster, replicas, now.plus(LIVES.settle()));
                    for (SimulatedReplica replica : replicas) {
                        assertThat(replica.ready(now)).as("seed %s, hour %s", seed, hours).isTrue();
                    }
                    check(cluster, replicas, now, "seed " + seed + ", hour " + hours);
                    assertThat(cluster.secret().state().authorities()).hasSizeLessThanOrEqualTo(2);
                }
                assertThat(cluster.steps).as("no flip-flop: 900 days are 15 to 17 certificates and 3 or 4 authorities").isBetween(18, 28);
            }
            return null;
        });
    }

    @Test
    void anEditedRegistrationIsPutBackAndNothingElseHappens() throws Exception {
        simulate(() -> {
            SimulatedCluster cluster = new SimulatedCluster(LIVES, 2);
            List<SimulatedReplica> replicas = List.of(new SimulatedReplica(cluster, Duration.ZERO), new SimulatedReplica(cluster, SKEW));
            settle(cluster, replicas, START);
            int version = cluster.secret().version();
            Set<String> right = cluster.current().getFirst().trusted();
            cluster.edit(0, Set.of());
            cluster.edit(1, Set.of("a stranger"));
            settle(cluster, replicas, START);
            assertThat(cluster.current()).extracting(RegistrationAt::trusted).containsOnly(right);
            assertThat(cluster.secret().version()).isEqualTo(version);
            return null;
        });
    }

    /** In a virtual thread, as the replicas are: handing over between those takes a microsecond. */
    private static void simulate(Callable<Void> simulation) throws Exception {
        FutureTask<Void> task = new FutureTask<>(simulation);
        Thread.ofVirtual().start(task);
        task.get();
    }

    private static List<SimulatedReplica> replicas(SimulatedCluster cluster, Random dice, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new SimulatedReplica(cluster, SKEW.multipliedBy(dice.nextInt(201) - 100).dividedBy(100)))
                .toList();
    }

    /** Everybody comes to an end, twice: what one found changed, the other has seen. */
    private static void settle(SimulatedCluster cluster, List<SimulatedReplica> replicas, Instant now) throws InterruptedException {
        for (int quiet = 0, turns = 0; quiet < 2 * replicas.size(); turns++) {
            assertThat(turns).as("comes to rest").isLessThan(500);
            int before = cluster.steps + cluster.registrations.stream().mapToInt(List::size).sum();
            SimulatedReplica one = replicas.get(turns % replicas.size());
            do {
                one.step(now, false);
            } while (!one.idle());
            boolean still = one.last instanceof Step.Wait
                    && before == cluster.steps + cluster.registrations.stream().mapToInt(List::size).sum();
            quiet = still ? quiet + 1 : 0;
        }
        replicas.forEach(replica -> replica.watchAll(now));
    }

    private static void check(SimulatedCluster cluster, List<SimulatedReplica> replicas, Instant now, String where) {
        for (SimulatedReplica replica : replicas) {
            if (replica.ready(now)) {
                for (RegistrationAt registration : cluster.current()) {
                    assertThat(registration.trusted()).as("%s: registration %s", where, registration.name())
                            .contains(replica.served().issuer());
                }
            }
        }
    }
}
