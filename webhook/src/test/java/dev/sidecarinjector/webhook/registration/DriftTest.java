package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
    private static final String WANTED = """
            metadata: {labels: {a: b}}
            webhooks:
            - name: x
              timeoutSeconds: 10
              clientConfig: {service: {name: s}}
              namespaceSelector: {matchLabels: {k: v}}
              rules: [{operations: [CREATE], resources: [pods]}]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // the live object | where it differs
            "{metadata: {labels: {a: b, c: d}, uid: u}, webhooks: [{name: other}, {name: x, timeoutSeconds: 10, failurePolicy: Fail, clientConfig: {service: {name: s, port: 443}}, namespaceSelector: {matchLabels: {k: v}}, rules: [{operations: [CREATE], resources: [pods], scope: '*'}]}]} |",
            "{metadata: {labels: {a: c}}} | metadata.labels.a", "{metadata: {labels: {a: b}}, webhooks: []} | webhooks[x]",
            "{metadata: {labels: {a: b}}, webhooks: [{name: x, timeoutSeconds: 9}]} | webhooks[x].timeoutSeconds",
            "{metadata: {labels: {a: b}}, webhooks: [{name: x, timeoutSeconds: 10, clientConfig: {service: {name: s}}, namespaceSelector: {matchLabels: {k: v, l: w}}}]} | webhooks[x].namespaceSelector",
            "{metadata: {labels: {a: b}}, webhooks: [{name: x, timeoutSeconds: 10, clientConfig: {service: {name: s}}, namespaceSelector: {matchLabels: {k: v}}, rules: [{operations: [CREATE, UPDATE], resources: [pods]}]}]} | webhooks[x].rules[0].operations"})
    void onlyWhatWasAppliedCounts(String live, String path) {
        assertThat(Drift.find(YamlReader.read(WANTED), YamlReader.read(live))).isEqualTo(path);
    }

    @Test
    void anEditIsUndoneAtOnceAndAFightEverMoreRarely() {
        RepairBudget budget = new RepairBudget();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < RepairBudget.AT_ONCE; i++) {
            assertThat(budget.delay("x", now)).isZero();
            assertThat(budget.spend("x", now)).isFalse();
        }
        int repairs = RepairBudget.AT_ONCE;
        int fights = 0;
        for (int second = 0; second < 600; second++) {
            if (budget.delay("x", now.plusSeconds(second)).isZero()) {
                fights += budget.spend("x", now.plusSeconds(second)) ? 1 : 0;
                repairs++;
            }
        }
        assertThat(repairs).as("1, 2, 4, 8, 16, 32, 60, 60 … seconds apart").isBetween(15, 22);
        assertThat(fights).as("said once").isEqualTo(1);
        assertThat(budget.delay("y", now)).as("another object").isZero();
        assertThat(budget.delay("x", now.plus(Duration.ofHours(1)))).as("after peace").isZero();
    }
}
