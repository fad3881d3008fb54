package dev.sidecarinjector.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The machine on real certificates: each step is written to a Secret's data and read back. */
class RollOverTest {
    private static final Lives LIVES = Lives.DEFAULT;
    private static final List<String> NAMES = List.of("sidecar-injector.istio-system.svc");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void fromNothingToACertificateInTwoWrites() {
        Keyring first = step(Keyring.EMPTY, false, START, Step.NewAuthority.class);
        Keyring second = step(first, false, START, Step.NewLeaf.class);
        assertThat(second.bundle().trusts(second.serving().certificates())).isTrue();
        assertThat(second.serving().fault()).isNull();
        assertThat(next(second, false, START)).isInstanceOfSatisfying(Step.Wait.class,
                wait -> assertThat(wait.until()).isBetween(START.plus(Duration.ofDays(54)), START.plus(Duration.ofDays(60))));
        X509Certificate leaf = second.serving().certificates().getFirst();
        assertThat(leaf.getNotBefore().toInstant()).as("for clocks that are behind").isEqualTo(START.minus(Duration.ofHours(1)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(START.plus(Duration.ofDays(90)));
    }

    @Test
    void aNewAuthorityIsAnnouncedFirstThenServedAndTheOldOneForgottenAfterItsEnd() {
        Keyring old = made();
        Instant due = START.plus(Duration.ofDays(241));
        Keyring renewed = step(made(), true, START.plus(Duration.ofDays(180)), Step.NewLeaf.class);
        assertThat(renewed.bundle()).isNotEqualTo(old.bundle());
        Keyring announced = step(renewed, true, due, Step.NewAuthority.class);
        assertThat(announced.bundle().authorities()).hasSize(2).contains(renewed.bundle().authorities().getFirst());
        assertThat(announced.serving().chain()).as("still the old one").isEqualTo(renewed.serving().chain());
        assertThat(next(announced, false, due)).isInstanceOf(Step.Wait.class);
        Keyring served = step(announced, true, due, Step.NewLeaf.class);
        assertThat(new TrustBundle(List.of(served.bundle().authorities().getFirst())).trusts(served.serving().certificates())).isTrue();
        assertThat(new TrustBundle(List.of(served.bundle().authorities().getLast())).trusts(served.serving().certificates())).isFalse();
        assertThat(next(served, true, START.plus(Duration.ofDays(360)).plusSeconds(3600))).as("slack for clocks")
                .isNotInstanceOf(Step.Forget.class);
        Keyring after = step(served, true, START.plus(Duration.ofDays(361)), Step.Forget.class);
        assertThat(after.bundle().authorities()).containsExactly(served.bundle().authorities().getFirst());
    }

    @Test
    void takingOutTheAuthoritysKeyRollsItOver() {
        Map<String, String> data = new HashMap<>(made().data());
        data.put("ca.key", "");
        Keyring without = Keyring.of(data);
        Keyring announced = step(without, true, START, Step.NewAuthority.class);
        assertThat(announced.bundle().holds(without.bundle())).isTrue();
    }

    @Test
    void aKeyOfAnotherAuthorityCountsAsNone() {
        Map<String, String> data = new HashMap<>(made().data());
        data.put("ca.key", made().data().get("ca.key"));
        assertThat(Keyring.of(data).key()).isNull();
    }

    @Test
    void otherNamesNeedAnotherCertificate() {
        assertThat(RollOver.next(made().state(List.of("other.svc")), true, START, LIVES)).isInstanceOf(Step.NewLeaf.class);
    }

    @Test
    void aBrokenCertificateIsReplacedAtOnce() {
        Map<String, String> data = new HashMap<>(made().data());
        data.put("tls.key", made().data().get("tls.key"));
        assertThat(next(Keyring.of(data), false, START)).isInstanceOf(Step.NewLeaf.class);
    }

    @Test
    void nothingInALogHoldsAKey() {
        assertThat(made().toString() + made().serving()).doesNotContain("PRIVATE", "BEGIN");
    }

    @Test
    void renewalMustLeaveTime() {
        assertThatThrownBy(() -> Lives.of(Duration.ofDays(10), Duration.ofDays(9))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Keyring made() {
        return step(step(Keyring.EMPTY, false, START, Step.NewAuthority.class), false, START, Step.NewLeaf.class);
    }

    private static Step next(Keyring keyring, boolean settled, Instant now) {
        return RollOver.next(keyring.state(NAMES), settled, now, LIVES);
    }

    private static Keyring step(Keyring keyring, boolean settled, Instant now, Class<? extends Step> expected) {
        Step step = next(keyring, settled, now);
        assertThat(step).isInstanceOf(expected);
        Keyring after = Keyring.of(keyring.after(step, NAMES, now, LIVES).data());
        assertThat(after.key()).isNotNull();
        return after;
    }
}
