package dev.sidecarinjector.webhook.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConfigurationReportTest {
    @Test
    void eachTemplateHasAHashOfItsOwnText() {
        String config = "templates:\n  sidecar: 'a'\n  other: 'abc'\n";
        JsonNode report = ConfigurationReport.of(Configuration.load(config, "{}", "", Features.DEFAULT), config, "{}", "", "here",
                Instant.EPOCH);
        // The examples of FIPS 180 and: printf a | sha256sum
        assertThat(report.at("/config/templates/sidecar/sha256").asString())
                .isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assertThat(report.at("/config/templates/other/sha256").asString())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
