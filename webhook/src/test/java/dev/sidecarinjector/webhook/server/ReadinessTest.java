package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.server.Readiness.Part;
import dev.sidecarinjector.webhook.server.Readiness.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessTest {
    private final Readiness readiness = new Readiness();

    @ParameterizedTest
    @EnumSource(Part.class)
    void anyPartCanWithdrawIt(Part part) {
        for (Part other : Part.values()) {
            readiness.report(other, State.OK, "");
        }
        assertThat(readiness.isReady()).isTrue();
        readiness.report(part, State.NOT_READY, "x");
        assertThat(readiness.isReady()).isFalse();
        readiness.report(part, State.DEGRADED, "y");
        assertThat(readiness.isReady()).as("degraded is still ready").isTrue();
    }

    @Test
    void aPartThatNobodyReportsDoesNotCount() {
        readiness.report(Part.CONFIGURATION, State.OK, "");
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.text()).isEqualTo("ready\nconfiguration: ok\n");
    }

    @Test
    void itsTextHasALineForEachPartInOneOrder() {
        readiness.report(Part.STOPPING, State.OK, "");
        readiness.report(Part.CERTIFICATE, State.DEGRADED, "expires in 3 days");
        readiness.report(Part.WARM_UP, State.NOT_READY, "");
        assertThat(readiness.text()).isEqualTo("not ready\nwarm-up: not ready\ncertificate: degraded, expires in 3 days\nstopping: ok\n");
    }
}
