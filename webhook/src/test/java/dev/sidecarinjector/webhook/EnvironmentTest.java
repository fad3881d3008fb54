package dev.sidecarinjector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.annotation.Setting;
import dev.sidecarinjector.injection.annotation.Settings;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
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

    @Test
    void nothingSetGivesTheDefaults() {
        Environment environment = new Environment(Map.of());
        assertThat(environment.features("default")).isEqualTo(Features.DEFAULT);
        assertThat(environment.injectEnabled()).isTrue();
        assertThat(environment.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, ON, 0", "false, OFF, 0", "auto, AUTO, 0", "'', AUTO, 0", "yes, OFF, 1", "TRUE, OFF, 1"})
    void nativeSidecars(String value, NativeMode mode, int warnings) {
        Environment environment = new Environment(Map.of("ENABLE_NATIVE_SIDECARS", value));
        assertThat(environment.features("r").nativeSidecars()).isEqualTo(mode);
        assertThat(environment.warnings()).hasSize(warnings)
                .allMatch(line -> line.contains("ENABLE_NATIVE_SIDECARS") && line.contains(value));
    }

    @Test
    void theOthersReachTheEngine() {
        Features features = new Environment(Map.of("COMPLIANCE_POLICY", "fips-140-2", "PLATFORM", "openshift", "OTHER", "x"))
                .features("canary");
        assertThat(features.compliancePolicy()).isEqualTo("fips-140-2");
        assertThat(features.openshift()).isTrue();
        assertThat(features.revision()).isEqualTo("canary");
        assertThat(features.environment()).containsEntry("OTHER", "x");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "'', true"})
    void theWebhookCanBeTurnedOff(String value, boolean enabled) {
        assertThat(new Environment(Map.of("INJECT_ENABLED", value)).injectEnabled()).isEqualTo(enabled);
    }
}
