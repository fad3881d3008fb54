package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedRegistrationTest {
    static final String SYSTEM = "{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, kube-public, kube-node-lease, local-path-storage]}";
    private static final String NOT_OURS = "{key: sidecar.istio.io/inject, operator: NotIn, values: ['false']}";
    @TempDir
    Path folder;

    static String yaml(String name, String namespaces, String objects) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: %s, labels: {istio.io/rev: default}}
                webhooks:
                - name: namespace.sidecar-injector.istio.io
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  timeoutSeconds: 10
                  clientConfig: {service: {name: sidecar-injector, namespace: istio-system, path: /inject, port: 443}}
                  namespaceSelector: {matchExpressions: [%s]}
                  objectSelector: {matchExpressions: [%s]}
                  rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                """.formatted(name, namespaces, objects);
    }

    static String good(String name) {
        return yaml(name, "{key: istio-injection, operator: In, values: [enabled]}, " + SYSTEM, NOT_OURS);
    }

    @Test
    void aSafeOneIsTakenWithAllItsFields() throws Exception {
        write("a.yaml", good("one") + "---\n" + good("two"));
        assertThat(read()).extracting(WantedRegistration::name).containsExactly("one", "two");
        assertThat(read().getFirst().tree().at("/webhooks/0/timeoutSeconds").asInt()).isEqualTo(10);
    }

    @Test
    void hiddenFilesOfAMountedVolumeAndOtherFilesAreLeftAlone() throws Exception {
        Files.createDirectory(folder.resolve("..2026"));
        write("README", "nothing");
        write("a.yml", good("one"));
        assertThat(read()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{key: istio-injection, operator: In, values: [enabled]}",
            "{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, kube-public]}",
            "{key: kubernetes.io/metadata.name, operator: Exists}"})
    void oneThatCanMatchTheSystemsNamespacesIsRefused(String namespaces) throws Exception {
        write("a.yaml", yaml("one", namespaces, NOT_OURS));
        assertThatThrownBy(this::read).isInstanceOf(RegistrationException.class).hasMessageContaining("a.yaml")
                .hasMessageContaining("kube-")
                .hasMessageContaining("NotIn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{key: sidecar.istio.io/inject, operator: In, values: ['true', 'false']}", "{key: app, operator: Exists}"})
    void oneThatCanMatchOurOwnPodsIsRefused(String objects) throws Exception {
        write("a.yaml", yaml("one", SYSTEM, objects));
        assertThatThrownBy(this::read).isInstanceOf(RegistrationException.class).hasMessageContaining("own pods")
                .hasMessageContaining("istio-system");
    }

    @Test
    void theOwnNamespaceMayBeLeftOutInstead() throws Exception {
        write("a.yaml", yaml("one", SYSTEM + ", {key: kubernetes.io/metadata.name, operator: NotIn, values: [istio-system]}", ""));
        assertThat(read()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: Secret", "- a", "a: [", "istio.io/rev: other"})
    void whatIsNoRegistrationOfThisRevisionIsRefusedAndNamed(String wrong) throws Exception {
        write("a.yaml", good("one"));
        write("b.yaml", wrong.startsWith("istio") ? good("two").replace("istio.io/rev: default", wrong) : wrong);
        assertThatThrownBy(this::read).isInstanceOf(RegistrationException.class).hasMessageContaining("b.yaml");
    }

    @Test
    void twoOfOneNameAreRefused() throws Exception {
        write("a.yaml", good("one"));
        write("b.yaml", good("one"));
        assertThatThrownBy(this::read).isInstanceOf(RegistrationException.class).hasMessageContaining("two of this name");
    }

    private java.util.List<WantedRegistration> read() {
        return new RegistrationFiles(folder, "default", "istio-system", Map.of("sidecar.istio.io/inject", "false")).read();
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
    }
}
