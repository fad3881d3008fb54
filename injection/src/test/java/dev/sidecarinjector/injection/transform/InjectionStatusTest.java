package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Warning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionStatusTest {
    private final List<Warning> warnings = new ArrayList<>();

    @Test
    void writesTheNamesInThePeersOrderWithNullForEmptyLists() {
        InjectionStatus status = new InjectionStatus(List.of("istio-init"), List.of("istio-proxy"), List.of("v<1>", "w"), List.of(),
                "canary");
        assertThat(status.toJson()).isEqualTo("{\"initContainers\":[\"istio-init\"],\"containers\":[\"istio-proxy\"],"
                + "\"volumes\":[\"v\\u003c1\\u003e\",\"w\"],\"imagePullSecrets\":null,\"revision\":\"canary\"}");
    }

    @Test
    void aRevisionWithoutANameIsTheDefaultOne() {
        assertThat(new InjectionStatus(List.of(), List.of(), List.of(), List.of(), "").toJson()).endsWith("\"revision\":\"default\"}");
    }

    @Test
    void readsWhatItWrote() {
        InjectionStatus status = new InjectionStatus(List.of("a"), List.of("b", "c"), List.of("d"), List.of("e"), "r");
        assertThat(InjectionStatus.parse(status.toJson(), warnings)).isEqualTo(status);
        assertThat(warnings).isEmpty();
    }

    @Test
    void absentAndNullListsAreEmpty() {
        InjectionStatus status = InjectionStatus.parse("{\"containers\":null,\"volumes\":[\"v\"],\"version\":\"f00\"}", warnings);
        assertThat(status).isEqualTo(new InjectionStatus(List.of(), List.of(), List.of("v"), List.of(), ""));
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "7", "\"x\"", "{\"containers\":\"x\"}", "{\"containers\":{}}", "{\"initContainers\":[1]}",
            "{\"containers\":[null]}", "{\"volumes\":[[]]}", "{\"imagePullSecrets\":true}", "{} {}", "yes: no"})
    void aMalformedRecordCountsAsNoneAndWarns(String text) {
        assertThat(InjectionStatus.parse(text, warnings)).isNull();
        assertThat(warnings).singleElement().extracting(Warning::where).isEqualTo("sidecar.istio.io/status");
    }

    @Test
    void aPodWithAMalformedRecordIsInjectedLikeAnyOther() {
        Drafts drafts = new Drafts();
        PodDraft draft = drafts.merged(
                "{metadata: {annotations: {'sidecar.istio.io/status': '{\"containers\":\"x\"}'}}, spec: {containers: [{name: 'app'}]}}",
                "{spec: {containers: [{name: 'istio-proxy', image: 'proxy:1'}]}}");
        Transforms.apply(draft);
        assertThat(draft.annotation("sidecar.istio.io/status")).contains("\"containers\":[\"istio-proxy\"]");
        assertThat(drafts.warnings).hasSize(1);
    }
}
