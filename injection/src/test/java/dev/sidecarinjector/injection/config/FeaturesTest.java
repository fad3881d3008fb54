package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Features.NativeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec section 2.3. */
class FeaturesTest {
    private final List<String> warnings = new ArrayList<>();

    @Test
    void nothingSetGivesTheDefaults() {
        assertThat(Features.of(Map.of(), "default", warnings::add)).isEqualTo(Features.DEFAULT);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, ON, 0", "false, OFF, 0", "auto, AUTO, 0", "'', AUTO, 0", "yes, OFF, 1", "TRUE, OFF, 1"})
    void nativeSidecars(String value, NativeMode mode, int count) {
        Features features = Features.of(Map.of("ENABLE_NATIVE_SIDECARS", value), "r", warnings::add);
        assertThat(features.nativeSidecars()).isEqualTo(mode);
        assertThat(warnings).hasSize(count).allMatch(line -> line.contains("ENABLE_NATIVE_SIDECARS") && line.contains(value));
    }

    @Test
    void theOthersReachTheEngine() {
        Features features = Features.of(Map.of("COMPLIANCE_POLICY", "fips-140-2", "PLATFORM", "openshift", "OTHER", "x"), "canary",
                warnings::add);
        assertThat(features.compliancePolicy()).isEqualTo("fips-140-2");
        assertThat(features.openshift()).isTrue();
        assertThat(features.revision()).isEqualTo("canary");
        assertThat(features.environment()).containsEntry("OTHER", "x");
    }
}
