package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.conformance.Workloads.Arrival;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every golden case as an admission over HTTPS. */
@WithConformanceData
class WebhookGoldenTest {
    private static WebhookPath webhook;

    @BeforeAll
    static void start() {
        webhook = WebhookPath.start();
    }

    @AfterAll
    static void stop() {
        webhook.close();
    }

    @TestFactory
    Stream<DynamicTest> theReferencesTemplatesGiveTheExpectedPods() {
        return ConformanceData.goldenCases().stream().filter(GoldenCase::webhook)
                .map(golden -> ConformanceReport.test(golden.name(), "webhook", () -> check(golden, CaseConfiguration::reference)));
    }

    @TestFactory
    Stream<DynamicTest> ourOwnTemplateAndValuesGiveTheSamePods() {
        return ConformanceData.goldenCases().stream().filter(golden -> golden.webhook() && usesSidecar(golden))
                .map(golden -> ConformanceReport.test(golden.name(), "webhook+own-template",
                        () -> check(golden, CaseConfiguration::shipped)));
    }

    private static boolean usesSidecar(GoldenCase golden) {
        return Workloads.arrivals(ConformanceData.text(golden.input())).stream().anyMatch(arrival -> arrival.pod().path("metadata")
                .path("annotations").path("inject.istio.io/templates").asString("sidecar").contains("sidecar"));
    }

    private static void check(GoldenCase golden, Function<GoldenCase, CaseConfiguration> texts) throws Exception {
        webhook.use(texts.apply(golden), CaseConfiguration.features(golden), FakeCluster.of(golden));
        List<Arrival> arrivals = Workloads.arrivals(ConformanceData.text(golden.input()));
        List<Arrival> expected = Workloads.arrivals(ConformanceData.text(golden.expected()));
        assertThat(arrivals).isNotEmpty().hasSameSizeAs(expected);
        for (int i = 0; i < arrivals.size(); i++) {
            var admitted = webhook.admit(arrivals.get(i).pod(), arrivals.get(i).namespace());
            assertThat(Sameness.difference(expected.get(i).pod(), admitted)).isNull();
        }
    }
}
