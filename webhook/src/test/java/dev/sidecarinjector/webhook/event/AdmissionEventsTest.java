package dev.sidecarinjector.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.Review.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which admissions are worth an Event, and on what. */
class AdmissionEventsTest {
    private static final String OWNED = """
        "ownerReferences":[{"apiVersion":"v1","kind":"Friend","name":"f","uid":"u-0"},
          {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"shop-5d4","uid":"u-1","controller":true}]""";

    private final List<String> reported = new ArrayList<>();
    private final AdmissionEvents events = new AdmissionEvents((about, type, reason, note) -> reported
            .add("%s %s/%s %s %s %s: %s".formatted(about.getKind(), about.getNamespace(), about.getName(), about.getUid(), type, reason,
                    note)));

    @Test
    void anInjectedPodIsReportedOnItsController() {
        answered(OWNED, "", Reason.POLICY_ENABLED, null, false);
        assertThat(reported).containsExactly("ReplicaSet store/shop-5d4 u-1 NORMAL Injected: Sidecar injected: nothing said otherwise and"
                + " the policy is enabled");
    }

    @Test
    void aRefusedPodIsReportedWithTheProblem() {
        answered(OWNED, "", Reason.TEMPLATE_FAILED, "no such function", false);
        assertThat(reported).containsExactly("ReplicaSet store/shop-5d4 u-1 WARNING InjectionFailed: Pod refused because a template could"
                + " not be rendered: no such function");
    }

    @Test
    void aPodWithoutAControllerIsNotReported() {
        answered("\"name\":\"bare\"", "", Reason.POLICY_ENABLED, null, false);
        answered("\"name\":\"bare\"", "", Reason.TEMPLATE_FAILED, "bad", false);
        assertThat(reported).isEmpty();
    }

    @Test
    void aDryRunLeavesNothingBehind() {
        answered(OWNED, "", Reason.POLICY_ENABLED, null, true);
        answered(OWNED, "", Reason.TEMPLATE_FAILED, "bad", true);
        assertThat(reported).isEmpty();
    }

    /** By rule: what the pod's author decided surprises nobody, what somebody else decided does. */
    @ParameterizedTest
    @CsvSource({"HOST_NETWORK, '', NORMAL", "NEVER_SELECTOR, '', NORMAL", "POLICY_UNKNOWN, '', WARNING", "SYSTEM_NAMESPACE, '', ''",
            "SWITCH_OFF, 'false', ''", "POLICY_DISABLED, '', ''", "POLICY_DISABLED, 'yes', NORMAL", "POLICY_UNKNOWN, 'true', WARNING",
            "SYSTEM_NAMESPACE, 'true', NORMAL"})
    void aSkippedPodIsReportedWhereSomebodyWillWonder(Reason reason, String asked, String type) {
        answered(OWNED, asked, reason, null, false);
        if (type.isEmpty()) {
            assertThat(reported).isEmpty();
        } else {
            assertThat(reported).singleElement().asString()
                    .contains(" " + type + " InjectionSkipped: No sidecar injected: " + reason.sentence());
        }
    }

    private void answered(String metadata, String asked, Reason reason, String problem, boolean dryRun) {
        String labels = asked.isEmpty() ? "" : ",\"labels\":{\"sidecar.istio.io/inject\":\"" + asked + "\"}";
        String pod = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{" + metadata + labels + "},\"spec\":{}}";
        String review = """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","namespace":"store","object":%s}}"""
                .formatted(pod);
        Admissions admissions = new Admissions((received, _) -> new Injection(new Decision(reason, List.of()),
                reason.isFailure() ? null : received.deepCopy(), List.of(), problem), ClusterView.NONE);
        Answer answer = admissions.answer(review.getBytes(StandardCharsets.UTF_8), Map.of());
        assertThat(answer.reason()).isEqualTo(reason);
        ObjectNode tree = (ObjectNode) new JsonMapper().readTree(pod);
        events.answered(new Question("admission.k8s.io/v1", "u", "store", dryRun, tree), answer);
    }
}
