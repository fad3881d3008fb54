package dev.sidecarinjector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.annotation.Setting;
import dev.sidecarinjector.injection.annotation.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec section 2.3. */
class EnvironmentTest {
    @Test
    void theTableHoldsWhatIsRead() {
        assertThat(Settings.table().stream().filter(row -> row.kind() == Setting.Kind.ENVIRONMENT)
                .map(row -> row.name() + "=" + row.fallback()))
                .containsExactlyInAnyOrder("ENABLE_NATIVE_SIDECARS=auto", "COMPLIANCE_POLICY=", "PLATFORM=", "INJECT_ENABLED=true",
                        "POD_NAMESPACE=istio-system", "INJECTION_WEBHOOK_CONFIG_NAME=istio-sidecar-injector");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "'', true"})
    void theWebhookCanBeTurnedOff(String value, boolean enabled) {
        assertThat(SidecarInjector.injectEnabled(Map.of("INJECT_ENABLED", value))).isEqualTo(enabled);
    }
}
