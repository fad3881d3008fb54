package dev.sidecarinjector.injection.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Canonical forms of quantities. */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({"2000m, 2", "1024Mi, 1Gi", "0.5, 500m", "100m, 100m", "128Mi, 128Mi", "1e3, 1e3", "1000, 1k", "1500m, 1500m", "0, 0",
            "-1.5, -1500m",
            "1.5Gi, 1536Mi", "0.1n, 1n", "1000000Ki, 1000000Ki", "1048576Ki, 1Gi", "0.5Ki, 512", "12e6, 12e6"})
    void aQuantityHasOneText(String text, String canonical) {
        assertThat(PodShape.canonicalQuantity(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void theCanonicalFormIsWhatKubernetesPrints(String text, String canonical) {
        Quantity quantity = Quantity.parse(text);
        assertThat(quantity == null ? "!" : quantity.canonical()).isEqualTo(canonical);
    }

    @Test
    void aTextThatIsNoQuantityStays() {
        assertThat(PodShape.canonicalQuantity("a lot")).isEqualTo("a lot");
        assertThat(PodShape.canonicalQuantity("")).isEmpty();
    }

    static Stream<Object[]> recorded() throws IOException {
        try (InputStream in = QuantityTest.class.getResourceAsStream("kubernetes-quantities.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> (Object[]) line.split(" ")).toList().stream();
        }
    }
}
