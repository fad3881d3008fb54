package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.Warning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Annotations that another annotation of the same pod robs of their effect; what the operator's defaults do is not looked at. */
final class Interplay {
    private static final String TRAFFIC = "traffic.sidecar.istio.io/";
    private static final String INCLUDED_RANGES = TRAFFIC + "includeOutboundIPRanges";
    private static final String INCLUDED_PORTS = TRAFFIC + "includeOutboundPorts";
    private static final String MODE = "sidecar.istio.io/interceptionMode";
    private static final String STATUS_PORT = "status.sidecar.istio.io/port";
    private static final String REROUTED = "istio.io/reroute-virtual-interfaces";
    private static final String SWITCH = "sidecar.istio.io/inject";
    private static final List<String> CAPTURE = List.of(INCLUDED_RANGES, TRAFFIC + "excludeOutboundIPRanges",
            TRAFFIC + "includeInboundPorts", TRAFFIC + "excludeInboundPorts", INCLUDED_PORTS, TRAFFIC + "excludeOutboundPorts",
            TRAFFIC + "excludeInterfaces", TRAFFIC + "kubevirtInterfaces", REROUTED);
    private static final List<String> PROBE = List.of("readiness.status.sidecar.istio.io/initialDelaySeconds",
            "readiness.status.sidecar.istio.io/periodSeconds", "readiness.status.sidecar.istio.io/failureThreshold");

    private final JsonNode annotations;
    private final List<Warning> warnings = new ArrayList<>(2);

    private Interplay(JsonNode annotations) {
        this.annotations = annotations;
    }

    static List<Warning> warnings(JsonNode metadata) {
        Interplay interplay = new Interplay(metadata.path("annotations"));
        interplay.twoSwitches(metadata.path("labels"));
        if ("NONE".equals(interplay.value(MODE))) {
            interplay.useless(CAPTURE, MODE + " is NONE, so no traffic is captured");
        } else {
            interplay.inbound();
            interplay.outbound();
        }
        if ("0".equals(interplay.value(STATUS_PORT))) {
            interplay.useless(PROBE, STATUS_PORT + " is 0, so the proxy has no readiness probe");
        }
        if (interplay.value(REROUTED) != null) {
            interplay.useless(List.of(TRAFFIC + "kubevirtInterfaces"), REROUTED + " is set and wins");
        }
        return interplay.warnings;
    }

    private void twoSwitches(JsonNode labels) {
        String label = labels.path(SWITCH).asString(null);
        String annotation = value(SWITCH);
        if (label != null && annotation != null && !label.equals(annotation)) {
            warnings.add(new Warning("is \"" + annotation + "\", but the label says \"" + label + "\", which wins", "annotation " + SWITCH,
                    "remove the annotation"));
        }
    }

    /** Excluded ports only count where all ports are included. */
    private void inbound() {
        String included = value(TRAFFIC + "includeInboundPorts");
        if (included != null && !included.strip().equals("*")) {
            useless(List.of(TRAFFIC + "excludeInboundPorts"), TRAFFIC + "includeInboundPorts is not \"*\", and only the ports that it lists"
                    + " are captured");
        }
    }

    /** Exclusions win over inclusions; an included port adds nothing where every address is included. */
    private void outbound() {
        String ranges = value(INCLUDED_RANGES);
        String ports = value(INCLUDED_PORTS);
        if ("*".equals(ranges)) {
            useless(List.of(INCLUDED_PORTS), INCLUDED_RANGES + " is \"*\", so all ports are captured already");
        } else if (ranges != null && ranges.isEmpty() && (ports == null || ports.isEmpty())) {
            useless(List.of(TRAFFIC + "excludeOutboundIPRanges", TRAFFIC + "excludeOutboundPorts"),
                    "no outbound traffic is captured at all");
        }
    }

    private void useless(List<String> names, String because) {
        for (String name : names) {
            String value = value(name);
            if (value != null && !value.isEmpty()) {
                warnings.add(new Warning("has no effect: " + because, "annotation " + name, "remove one of the two"));
            }
        }
    }

    private @Nullable String value(String name) {
        return annotations.path(name).asString(null);
    }
}
