package dev.sidecarinjector.webhook.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an admission leaves in the log. */
class LogsTest {
    private static final String POD = "{\"metadata\":{\"generateName\":\"shop-\\nERROR faked\"},\"spec\":{}}";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AdmissionLog log = new AdmissionLog();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(console);
        Logs.begin(Logs.Format.TEXT, LogLevel.INFO);
    }

    @Test
    void aRefusalIsALineOfJson() {
        Logs.begin(Logs.Format.JSON, LogLevel.INFO);
        tell(refusing("bad\nvalue"));
        JsonNode line = JsonMapper.shared().readTree(text());
        assertThat(line.get("level").asString()).isEqualTo("WARN");
        assertThat(line.get("message").asString()).isEqualTo("Refused: bad value");
        assertThat(line.get("uid").asString()).isEqualTo("u-9");
        assertThat(line.get("namespace").asString()).isEqualTo("store");
        assertThat(line.get("pod").asString()).isEqualTo("shop- ERROR faked");
        assertThat(line.get("reason").asString()).isEqualTo("invalid_annotation");
        assertThat(line.get("milliseconds").asDouble()).isPositive();
    }

    @Test
    void aRefusalIsOneLineOfText() {
        Logs.begin(Logs.Format.TEXT, LogLevel.INFO);
        tell(refusing("bad\nvalue"));
        assertThat(text().lines()).singleElement().satisfies(line -> assertThat(line).contains(" WARN  AdmissionLog: Refused: bad value",
                "uid=\"u-9\"", "namespace=\"store\"", "pod=\"shop- ERROR faked\"", "reason=\"invalid_annotation\"", "milliseconds="));
    }

    @Test
    void anAdmissionIsLoggedAtDebugOnlyAndTheLevelCanChangeAtAnyTime() {
        Logs.begin(Logs.Format.TEXT, LogLevel.INFO);
        tell(refusing(null));
        assertThat(text()).isEmpty();
        Logs.setLevel(LogLevel.DEBUG);
        assertThat(Logs.level()).isEqualTo(LogLevel.DEBUG);
        tell(refusing(null));
        assertThat(text()).contains("DEBUG AdmissionLog: Admitted", "uid=\"u-9\"");
    }

    @Test
    void aFloodOfRequestsThatAreNotServedIsFewLines() {
        Logs.begin(Logs.Format.TEXT, LogLevel.INFO);
        for (int i = 0; i < 10_000; i++) {
            log.unserved(Unserved.OVERLOADED, "overloaded");
        }
        assertThat(text().lines().count()).isBetween(1L, 100L);
        assertThat(text()).contains("reason=\"overloaded\"");
    }

    @Test
    void longTextsOfOthersAreCut() {
        assertThat(Logs.oneLine("x".repeat(1000))).hasSize(513).endsWith("x…");
        assertThat(Logs.oneLine("a\u0000b\u001b[31m\u0085")).isEqualTo("a b [31m ");
        assertThat(Logs.oneLine("short")).isEqualTo("short");
    }

    private void tell(Admissions admissions) {
        Answer answer = admissions
                .answer(("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u-9\","
                        + "\"namespace\":\"store\",\"object\":" + POD + "}}").getBytes(StandardCharsets.UTF_8), Map.of());
        log.answered(Objects.requireNonNull(answer.question()), answer);
    }

    private static Admissions refusing(String error) {
        Reason reason = error == null ? Reason.SWITCH_OFF : Reason.INVALID_ANNOTATION;
        return new Admissions((_, _) -> new Injection(new Decision(reason, List.of()), null, List.of(), error), ClusterView.NONE);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
