package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Values;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which values are refused: those that would break pods; none that the reference implementation takes and that work with it. A second validator,
 * which implements all of JSON Schema, is asked everything too.
 */
class ValuesSchemaTest {
    private static final JsonSchema OURS = JsonSchema.parse(ShippedTemplates.valuesSchema());
    private static final Schema OTHER = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ShippedTemplates.valuesSchema(), InputFormat.JSON);

    private static boolean fits(JsonNode values) {
        boolean fits = OURS.violations(values).isEmpty();
        assertThat(OTHER.validate(values).isEmpty()).as("another validator about %s", values).isEqualTo(fits);
        return fits;
    }

    @Test
    void theSchemaIsOne() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(ValuesKeys.SCHEMA)).isEmpty();
        assertThat(meta.validate(ConformanceData.JSON.readTree("{\"type\": \"texts\"}"))).isNotEmpty();
    }

    @Test
    void whatShipsFits() {
        assertThat(fits(ConformanceData.JSON.readTree(ShippedTemplates.values()))).isTrue();
        assertThat(fits(ConformanceData.JSON.readTree("{}"))).isTrue();
    }

    @Test
    @EnabledIf("dev.sidecarinjector.conformance.ConformanceData#isPresent")
    void allValuesOfTheReferenceFitAndNoKeyOfThemLooksLikeASlip() {
        for (String variant : ConformanceData.valuesVariants()) {
            JsonNode values = ConformanceData.JSON.readTree(ConformanceData.text("values/" + variant + ".json"));
            assertThat(fits(values)).as(variant).isTrue();
            assertThat(OURS.slips(values)).as(variant).isEmpty();
        }
    }

    @Test
    void allValuesOfThePropertyTestFit() {
        ShippedTemplatesTest.VALUES.forEach((path, choices) -> choices.forEach(json -> {
            ObjectNode values = (ObjectNode) ConformanceData.JSON.readTree(ShippedTemplates.values());
            ShippedTemplatesTest.change(values, path, json);
            assertThat(fits(values)).as("%s: %s", path, json).isTrue();
        }));
    }

    /** What works with the reference implementation although it is not the type that one would write. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            global: {suffix: test, waypoint: {resources: {}}, tracer: {zipkin: {address: 'a:1'}}}
            {unknown: [1, 2], global: {proxy: {enableCoreDump: true, unheardOf: {a: b}}}}
            {global: null, pilot: null, gateways: null, envoy: null, mosn: null, sidecarInjectorWebhook: null}
            global: {proxy: null, logging: null, sds: null, multiCluster: {clusterName: null}}
            global: {tag: 1.10, hub: 5, variant: null}
            global: {tag: true}
            global: {proxy: {statusPort: '15020'}}
            global: {proxy: {statusPort: 0, readinessPeriodSeconds: '7', startupProbe: {failureThreshold: '30'}}}
            global: {proxy: {statusPort: 15020.0}}
            global: {proxy: {includeInboundPorts: 80, excludeInboundPorts: '80, 443,', includeOutboundPorts: '8000:8100,https', excludeOutboundPorts: 3306}}
            global: {proxy: {includeInboundPorts: '', includeIPRanges: '', excludeIPRanges: ',10.0.0.0/8,,fd00::/8,'}}
            global: {proxy: {includeInboundPorts: '*', includeIPRanges: '*'}}
            global: {proxy: {privileged: 'true', capNetBindService: 'true', logLevel: 'off'}}
            global: {logAsJson: 'true', mountMtlsCerts: '', nativeNftables: null}
            global: {proxy: {resources: {}}}
            global: {proxy: {resources: {requests: {cpu: 1, memory: 128Mi, ephemeral-storage: 1Gi, example.com/gpu: '1'}, limits: null, claims: [{name: a}]}}}
            global: {proxy: {resources: {limits: {cpu: null, memory: .5}}}}
            global: {proxy: {seccompProfile: {type: Localhost, localhostProfile: p.json}, lifecycle: {preStop: {sleep: {seconds: 5}}}}}
            global: {proxy: {seccompProfile: '', lifecycle: null}}
            global: {imagePullPolicy: null, imagePullSecrets: null}
            global: {imagePullPolicy: IfNotPresent, imagePullSecrets: [a, 5]}
            global: {sts: {servicePort: '463'}, meshID: 7, network: net1, trustDomain: td}
            pilot: {cni: {enabled: true, provider: multus, chained: false}, env: {ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true', OTHER: 5}}
            gateways: {securityContext: '', seccompProfile: {type: RuntimeDefault}, istio-ingressgateway: {name: a}}
            sidecarInjectorWebhook: {rewriteAppHTTPProbe: false, enableNamespacesByDefault: null, templates: {a: b}, neverInjectSelector: []}
            revision: 1-20
            revision: 120
            """)
    void whatTemplatesCanUseIsTaken(String values) {
        assertThat(fits(YamlReader.read(values))).isTrue();
    }

    /** The path that is refused, and a word of the reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            global: {proxy: {statusPort: abc}}                          | global.proxy.statusPort                          | an integer from 0 to 65535
            global: {proxy: {statusPort: 65536}}                        | global.proxy.statusPort                          | 65536
            global: {proxy: {statusPort: '70000'}}                      | global.proxy.statusPort                          | an integer
            global: {proxy: {statusPort: ''}}                           | global.proxy.statusPort                          | an integer
            global: {proxy: {statusPort: 15020.5}}                      | global.proxy.statusPort                          | an integer
            global: {proxy: {statusPort: -1}}                           | global.proxy.statusPort                          | -1
            global: {proxy: {includeInboundPorts: [80, 443]}}           | global.proxy.includeInboundPorts                 | [80,443]
            global: {proxy: {includeInboundPorts: '80 443'}}            | global.proxy.includeInboundPorts                 | commas
            global: {proxy: {includeInboundPorts: '*,80'}}              | global.proxy.includeInboundPorts                 | commas
            global: {proxy: {excludeInboundPorts: '*'}}                 | global.proxy.excludeInboundPorts                 | commas
            global: {proxy: {excludeInboundPorts: '80,65536'}}          | global.proxy.excludeInboundPorts                 | 65536
            global: {proxy: {excludeOutboundPorts: {a: 1}}}             | global.proxy.excludeOutboundPorts                | one text
            global: {proxy: {includeIPRanges: 10.0.0.0}}                | global.proxy.includeIPRanges                     | CIDRs
            global: {proxy: {includeIPRanges: '10.0.0.0/8, fd00::/8'}}  | global.proxy.includeIPRanges                     | without blanks
            global: {proxy: {includeIPRanges: [10.0.0.0/8]}}            | global.proxy.includeIPRanges                     | one text
            global: {proxy: {excludeIPRanges: '*'}}                     | global.proxy.excludeIPRanges                     | CIDRs
            global: {proxy: {readinessPeriodSeconds: 5s}}               | global.proxy.readinessPeriodSeconds              | an integer
            global: {proxy: {readinessFailureThreshold: -3}}            | global.proxy.readinessFailureThreshold           | an integer
            global: {proxy: {startupProbe: {failureThreshold: often}}}  | global.proxy.startupProbe.failureThreshold       | an integer
            global: {proxy: {startupProbe: {enabled: 'false'}}}         | global.proxy.startupProbe.enabled                | without quotes
            global: {proxy: {startupProbe: true}}                       | global.proxy.startupProbe                        | a map
            global: {proxy: {privileged: 'yes it is'}}                  | global.proxy.privileged                          | true or false
            global: {proxy: {logLevel: off}}                            | global.proxy.logLevel                            | quotes
            global: {network: n}                                        | global.network                                   | need quotes
            global: {proxy: {tracer: 5}}                                | global.proxy.tracer                              | text
            global: {proxy: {image: [a]}}                               | global.proxy.image                               | text
            global: {proxy: {holdApplicationUntilProxyStarts: 'false'}} | global.proxy.holdApplicationUntilProxyStarts     | without quotes
            global: {proxy: {resources: 100m}}                          | global.proxy.resources                           | a map
            global: {proxy: {resources: {requests: 100m}}}              | global.proxy.resources.requests                  | quantities
            global: {proxy: {resources: {limits: {memory: 128MB}}}}     | global.proxy.resources.limits.memory             | 128Mi
            global: {proxy: {resources: {limits: {storage: [1]}}}}      | global.proxy.resources.limits.storage            | a quantity
            global: {proxy: {seccompProfile: RuntimeDefault}}           | global.proxy.seccompProfile                      | a map
            global: {proxy: {lifecycle: [preStop]}}                     | global.proxy.lifecycle                           | a map
            global: {proxy: image}                                      | global.proxy                                     | a map
            global: {imagePullPolicy: always}                           | global.imagePullPolicy                           | IfNotPresent
            global: {imagePullPolicy: true}                             | global.imagePullPolicy                           | Always
            global: {imagePullSecrets: one}                             | global.imagePullSecrets                          | a list
            global: {imagePullSecrets: [a, {name: b}]}                  | global.imagePullSecrets[1]                       | {"name":"b"}
            global: {logAsJson: 'false'}                                | global.logAsJson                                 | "false" would count as true
            global: {mountMtlsCerts: 1}                                 | global.mountMtlsCerts                            | without quotes
            global: {caName: 5}                                         | global.caName                                    | text
            global: {pilotCertProvider: false}                          | global.pilotCertProvider                         | text
            global: {sts: {servicePort: none}}                          | global.sts.servicePort                           | 65535
            global: {logging: debug}                                    | global.logging                                   | a map
            global: [a]                                                 | global                                           | a map
            pilot: {cni: true}                                          | pilot.cni                                        | a map
            pilot: {cni: {enabled: 'false'}}                            | pilot.cni.enabled                                | without quotes
            pilot: {env: [a]}                                           | pilot.env                                        | a map
            gateways: {securityContext: restricted}                     | gateways.securityContext                         | a map
            sidecarInjectorWebhook: {rewriteAppHTTPProbe: 'false'}      | sidecarInjectorWebhook.rewriteAppHTTPProbe       | without quotes
            envoy: {accessLog: 'no'}                                    | envoy.accessLog                                  | without quotes
            mosn: {command: [mosn]}                                     | mosn.command                                     | text
            """)
    void whatWouldBreakAPodIsRefusedWithItsPathAndTheReason(String values, String path, String word) {
        assertThat(fits(YamlReader.read(values))).isFalse();
        assertThatThrownBy(() -> Values.parse(values, OURS)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("values: " + path + ": expected ").hasMessageContaining(word);
    }

    @ParameterizedTest
    @MethodSource("slips")
    void aKeyThatLooksLikeASlipIsNamed(String values, List<String> slips) {
        assertThat(OURS.slips(YamlReader.read(values))).extracting(slip -> slip.path() + " " + slip.known()).isEqualTo(slips);
    }

    static Stream<Object[]> slips() {
        return Stream.of(new Object[]{"global: {proxy: {statusport: 1}}", List.of("global.proxy.statusport statusPort")},
                new Object[]{"globl: {}", List.of("globl global")},
                new Object[]{"global: {proxy: {excludeIpRange: a}}", List.of("global.proxy.excludeIpRange excludeIPRanges")},
                new Object[]{"global: {proxy: {excludeIpRange: a, excludeIPRanges: ''}}", List.of()},
                new Object[]{"global: {proxy: {autoInject: enabled, resources: {requests: {memori: 1}}}, sds: {}, stz: {}}", List.of()});
    }
}
