package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** On managedFields as Kubernetes 1.34 writes them. */
class FieldOwnersTest {
    private static final JsonNode WANTED = YamlReader.read("""
            metadata:
              name: r
              labels: {app: a, istio.io/rev: default}
            webhooks:
            - name: a.sidecar-injector.istio.io
              timeoutSeconds: 10
              rules: [{operations: [CREATE]}]
              namespaceSelector: {matchLabels: {x: y}}
              clientConfig: {caBundle: QQ==, service: {name: s}}
            """);

    @Test
    void whatTheAuthorAppliedIsHis() {
        JsonNode live = live("Apply", "helm");
        JsonNode fields = FieldOwners.ofAuthor(live, WANTED);
        assertThat(fields).isNotNull();
        assertThat(FieldOwners.without(WANTED, fields)).isEqualTo(YamlReader.read("""
                metadata:
                  name: r
                  labels: {istio.io/rev: default}
                webhooks:
                - name: a.sidecar-injector.istio.io
                  clientConfig: {caBundle: QQ==}
                """));
    }

    @Test
    void whoEditsIsNoAuthorAndNeitherAreWe() {
        assertThat(FieldOwners.ofAuthor(live("Update", "kubectl-edit"), WANTED)).isNull();
        assertThat(FieldOwners.ofAuthor(live("Apply", "sidecar-injector"), WANTED)).isNull();
        assertThat(FieldOwners.ofAuthor(live("Apply", "helm"), YamlReader.read("webhooks: [{name: another.sidecar-injector.istio.io}]")))
                .as("who has not applied all entries").isNull();
    }

    @Test
    void authoritiesAreOursWhereWeWroteThemLast() {
        JsonNode entry = WANTED.at("/webhooks/0");
        JsonNode ours = YamlReader.read("""
                metadata:
                  managedFields:
                  - manager: sidecar-injector
                    operation: Update
                    fieldsV1: {'f:webhooks': {'k:{"name":"a.sidecar-injector.istio.io"}': {'f:clientConfig': {'f:caBundle': {}}}}}
                """);
        assertThat(FieldOwners.areOurs(ours, entry)).isTrue();
        assertThat(FieldOwners.areOurs(live("Apply", "sidecar-injector"), entry)).isFalse();
        assertThat(FieldOwners.areOurs(YamlReader.read("metadata: {}"), entry)).isFalse();
    }

    private static JsonNode live(String operation, String manager) {
        return YamlReader.read("""
                metadata:
                  managedFields:
                  - manager: %s
                    operation: %s
                    fieldsV1:
                      'f:metadata': {'f:labels': {'f:app': {}}}
                      'f:webhooks':
                        'k:{"name":"a.sidecar-injector.istio.io"}':
                          .: {}
                          'f:name': {}
                          'f:timeoutSeconds': {}
                          'f:rules': {}
                          'f:namespaceSelector': {}
                          'f:clientConfig': {'f:service': {'f:name': {}}}
                """.formatted(manager, operation));
    }
}
