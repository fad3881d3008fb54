package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ContainerOrderTest {
    private final Drafts drafts = new Drafts();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"app istio-init mine,app mine istio-init", "a istio-validation b,istio-validation a b",
            "istio-init enable-core-dump a,a istio-init enable-core-dump",
            "a istio-init istio-validation b enable-core-dump,istio-validation a b istio-init enable-core-dump",
            "a enable-core-dump istio-proxy istio-validation istio-init b,istio-init istio-validation istio-proxy enable-core-dump a b",
            "a istio-proxy,istio-proxy a", "a b,a b"})
    void initContainersStartInTheOrderThatTheProxyNeeds(String before, String after) {
        assertThat(order("", "initContainers", before)).isEqualTo(after);
    }

    @ParameterizedTest(name = "values {0}, pod {1}: {3}")
    @CsvSource(nullValues = "-", value = {"false,-,istio-proxy a b,a b istio-proxy", "true,-,a b istio-proxy,istio-proxy a b",
            "false,true,a istio-proxy b,istio-proxy a b", "true,false,a istio-proxy,istio-proxy a",
            "false,false,istio-proxy a,a istio-proxy"})
    void theProxyGoesFirstWhereTheApplicationWaitsForIt(boolean values, String pod, String before, String after) {
        drafts.values("{global: {proxy: {holdApplicationUntilProxyStarts: " + values + "}}}");
        String metadata = pod == null
                ? ""
                : "metadata: {annotations: {'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: " + pod + "'}}, ";
        assertThat(order(metadata, "containers", before)).isEqualTo(after);
    }

    @Test
    void ofSeveralOfOneNameTheLastStays() {
        PodDraft draft = drafts
                .of("{spec: {containers: [{name: 'istio-proxy', image: '1'}, {name: 'a'}, {name: 'istio-proxy', image: '2'}]}}");
        new ContainerOrder().apply(draft);
        assertThat(draft.pod().path("spec").path("containers"))
                .isEqualTo(Drafts.json("{c: [{name: 'a'}, {name: 'istio-proxy', image: '2'}]}").path("c"));
    }

    @Test
    void anEmptyListStays() {
        PodDraft draft = drafts.of("{spec: {containers: []}}");
        new ContainerOrder().apply(draft);
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    private String order(String metadata, String list, String names) {
        String containers = Arrays.stream(names.split(" ")).map(name -> "{name: '" + name + "'}").collect(Collectors.joining(", "));
        PodDraft draft = drafts.of("{" + metadata + "spec: {" + list + ": [" + containers + "]}}");
        new ContainerOrder().apply(draft);
        List<String> result = new ArrayList<>();
        for (JsonNode container : draft.pod().path("spec").path(list)) {
            result.add(container.path("name").asString());
        }
        return String.join(" ", result);
    }
}
