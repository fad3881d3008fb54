package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tables about which values annotations may have. */
@WithConformanceData
class AnnotationTablesTest {
    private static final Trial SHIPPED = Trial.shipped();

    @TestFactory
    Stream<DynamicTest> quantities() {
        return Tables.rows("TestValidateResourceQuantity",
                row -> check("proxyCPU", row.path("value").asString(), row.path("ok").asBoolean()));
    }

    @TestFactory
    Stream<DynamicTest> everyResourceAnnotation() {
        return Tables.rows("TestValidateAnnotations", row -> {
            for (String name : new String[]{"proxyCPU", "proxyMemory", "proxyCPULimit", "proxyMemoryLimit"}) {
                if (row.has(name)) {
                    check(name, row.path(name).asString(), row.path("ok").asBoolean());
                }
            }
        });
    }

    private static void check(String name, String value, boolean ok) {
        ObjectNode pod = Trial.pod("{spec: {containers: [{name: app}]}}");
        pod.withObject("/metadata/annotations").put("sidecar.istio.io/" + name, value);
        String error = SHIPPED.inject(pod, "bakery").error();
        if (ok) {
            assertThat(error).isNull();
        } else {
            assertThat(error).isNotNull().contains("sidecar.istio.io/" + name);
        }
    }
}
