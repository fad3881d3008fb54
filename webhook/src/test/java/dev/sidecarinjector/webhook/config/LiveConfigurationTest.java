package dev.sidecarinjector.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.cluster.States;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a set of configuration does and what a bad one does not. Readings are asked for here, one by one; nothing runs beside. */
class LiveConfigurationTest {
    private static final ObjectReference POD = new ObjectReferenceBuilder().withKind("Pod").withName("injector-0").build();

    @TempDir
    private Path folder;

    private final List<Configuration> used = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final States states = new States();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private RuntimeException refusal;
    private LiveConfiguration live;

    @BeforeEach
    void create() {
        Events recorder = (about, type, reason, note) -> events.add(about.getName() + " " + type + " " + reason + ": " + note);
        LoadReport report = new LoadReport(registry, states, recorder, InstantSource.fixed(Instant.parse("2026-05-06T07:08:09.5Z")));
        live = new LiveConfiguration(new ConfigurationFolder(folder, POD), Features.DEFAULT, this::use, report);
    }

    @Test
    void aGoodSetIsHandedOnAndReported() throws Exception {
        write("a", "a", "a");
        live.load();
        assertThat(marks()).containsExactly("a a a");
        assertThat(states.state()).isEqualTo(State.OK);
        assertThat(Texts.loads(registry, "accepted")).isEqualTo(1);
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_loaded_timestamp_seconds")).isEqualTo(1778051289.5);
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_stale")).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void equalTextsAreNotLoadedAgain() throws Exception {
        write("a", "a", "a");
        live.load();
        write("a", "a", "a");
        live.load();
        assertThat(used).hasSize(1);
        assertThat(Texts.loads(registry, "accepted")).isEqualTo(1);
    }

    @Test
    void aBadSetChangesNothingAndIsReportedOnce() throws Exception {
        write("a", "a", "a");
        live.load();
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("config"), "templates: {sidecar: \"{{ nonsense \"}\n");
            live.load();
        }
        assertThat(used).hasSize(1);
        assertThat(Texts.loads(registry, "rejected")).isEqualTo(1);
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_stale")).isEqualTo(1);
        assertThat(states.state()).isEqualTo(State.DEGRADED);
        assertThat(states.detail()).contains("the one loaded at 2026-05-06T07:08:09Z stays in use", "template \"sidecar\"");
        assertThat(events).singleElement().asString().startsWith("injector-0 WARNING ConfigurationRejected: Not used");
    }

    /** The peer takes over the new templates when the new values are bad. */
    @Test
    void goodTemplatesWithBadValuesOrABadMeshAreNotUsed() throws Exception {
        write("a", "a", "a");
        live.load();
        Files.writeString(folder.resolve("config"), Texts.config("b"));
        Files.writeString(folder.resolve("values"), "{");
        live.load();
        Files.writeString(folder.resolve("values"), Texts.values("b"));
        Files.writeString(folder.resolve("mesh"), "defaultConfig: [1]\n");
        live.load();
        assertThat(marks()).containsExactly("a a a");
        assertThat(events).hasSize(2);
        Files.writeString(folder.resolve("mesh"), Texts.mesh("b"));
        live.load();
        assertThat(marks()).containsExactly("a a a", "b b b");
        assertThat(states.state()).isEqualTo(State.OK);
    }

    @Test
    void valuesThatDoNotFitChangeNothingAndEveryPlaceIsNamedOnce() throws Exception {
        write("a", "a", "a");
        live.load();
        Files.writeString(folder.resolve("values"), "global: {hub: b, imagePullPolicy: always, proxy: {statusPort: abc}}");
        for (int i = 0; i < 3; i++) {
            live.load();
        }
        assertThat(marks()).containsExactly("a a a");
        assertThat(Texts.loads(registry, "rejected")).isEqualTo(1);
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_stale")).isEqualTo(1);
        assertThat(states.state()).isEqualTo(State.DEGRADED);
        assertThat(states.detail())
                .contains("values: global.imagePullPolicy: expected Always, IfNotPresent, Never or an empty text, got \"always\"; "
                        + "global.proxy.statusPort: expected an integer from 0 to 65535, got \"abc\"");
        assertThat(events).singleElement().asString().startsWith("injector-0 WARNING ConfigurationRejected: ")
                .contains("global.proxy.statusPort");
    }

    @Test
    void theOldSetComingBackEndsTheComplaintAndLoadsNothing() throws Exception {
        write("a", "a", "a");
        live.load();
        Files.writeString(folder.resolve("values"), "{");
        live.load();
        Files.writeString(folder.resolve("values"), Texts.values("a"));
        live.load();
        assertThat(used).hasSize(1);
        assertThat(states.state()).isEqualTo(State.OK);
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_stale")).isZero();
    }

    @Test
    void whatIsDeletedStaysInUse() throws Exception {
        write("a", "a", "a");
        live.load();
        for (String file : new String[]{"mesh", "values", "config"}) {
            Files.delete(folder.resolve(file));
            live.load();
            assertThat(states.state()).isEqualTo(State.DEGRADED);
            assertThat(states.detail()).contains(file);
        }
        Files.delete(folder);
        live.load();
        assertThat(marks()).containsExactly("a a a");
    }

    @Test
    void aMeshThatWasNeverThereMeansTheDefaultsAndMayCome() throws Exception {
        write("a", "a", null);
        live.load();
        write("a", "a", "b");
        live.load();
        assertThat(marks()).containsExactly("a a istio-system", "a a b");
    }

    @Test
    void aUserThatThrowsKeepsTheOldSet() throws Exception {
        write("a", "a", "a");
        live.load();
        refusal = new IllegalStateException("no");
        write("b", "b", "b");
        live.load();
        assertThat(marks()).containsExactly("a a a");
        assertThat(states.detail()).contains("fault of the injector");
    }

    @Test
    void withoutAnyGoodSetTheServerIsNotReady() throws Exception {
        live.load();
        assertThat(states.state()).isEqualTo(State.NOT_READY);
        assertThat(states.detail()).contains("config: no such file");
        assertThat(Texts.gauge(registry, "sidecar_injector_configuration_stale")).isEqualTo(1);
        write("a", "a", "a");
        live.load();
        assertThat(states.state()).isEqualTo(State.OK);
    }

    @Test
    void theFirstSetCanBeAskedForAndItsFaultIsAnError() throws Exception {
        assertThatThrownBy(live::first).isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("config") + ": no such file; --config-dir needs a folder with the files config and values, and"
                        + " optionally mesh");
        write("a", "a", "a");
        assertThat(live.first().mesh().rootNamespace()).isEqualTo("a");
        live.load();
        assertThat(used).as("it is not handed on: the caller has it").isEmpty();
        assertThat(states.state()).isEqualTo(State.OK);
    }

    private void use(Configuration configuration) {
        if (refusal != null) {
            throw refusal;
        }
        used.add(configuration);
    }

    private List<String> marks() {
        return used.stream().map(LiveConfigurationTest::mark).toList();
    }

    static String mark(Configuration configuration) {
        return configuration.inject().injectedAnnotations().get("mark") + " " + configuration.values().text("global", "hub") + " "
                + configuration.mesh().rootNamespace();
    }

    private void write(String config, String values, String mesh) throws IOException {
        Files.writeString(folder.resolve("config"), Texts.config(config));
        Files.writeString(folder.resolve("values"), Texts.values(values));
        if (mesh != null) {
            Files.writeString(folder.resolve("mesh"), Texts.mesh(mesh));
        }
    }
}
