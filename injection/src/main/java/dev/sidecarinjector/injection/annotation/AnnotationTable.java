package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.annotation.Setting.Kind;
import dev.sidecarinjector.injection.annotation.Setting.Reader;
import dev.sidecarinjector.injection.annotation.Setting.Rule;
import java.util.List;

/** The annotations' part of the table of settings. */
final class AnnotationTable {
    private static final String SIDECAR = "sidecar.istio.io/";
    private static final String PROXY = "proxy.istio.io/";
    private static final String READINESS = "readiness.status.sidecar.istio.io/";
    private static final String TRAFFIC = "traffic.sidecar.istio.io/";
    private static final String PROMETHEUS = "prometheus.istio.io/";

    private final List<Setting> rows;

    private AnnotationTable(List<Setting> rows) {
        this.rows = rows;
    }

    static void addTo(List<Setting> rows) {
        AnnotationTable table = new AnnotationTable(rows);
        table.choice();
        table.proxy();
        table.resources();
        table.readiness();
        table.traffic();
        table.metrics();
        table.records();
        table.others();
    }

    private void choice() {
        add(SIDECAR + "inject", "", Rule.SWITCH, Reader.ENGINE, "Whether the pod is injected; the label of the same name wins.");
        add("inject.istio.io/templates", "`defaultTemplates` of the config", Rule.ANY, Reader.ENGINE,
                "Names of the templates to apply, with commas; aliases are allowed.");
    }

    private void proxy() {
        add(PROXY + "config", "`defaultConfig` of the mesh", Rule.PROXY_CONFIG, Reader.ENGINE,
                "Settings of this pod's proxy on top of the mesh's.");
        add(SIDECAR + "interceptionMode", "`interceptionMode` of the proxy config, REDIRECT", Rule.INTERCEPTION_MODE, Reader.BOTH,
                "How inbound traffic reaches the proxy; NONE captures nothing.");
        add(SIDECAR + "proxyImage", "`global.proxy.image` of the values", Rule.IMAGE, Reader.TEMPLATE,
                "The image of the proxy and of its init container.");
        add(SIDECAR + "proxyImageType", "`image.imageType` of the proxy config", Rule.ANY, Reader.ENGINE,
                "The variant of the image, such as distroless or debug; empty takes the tag as it is.");
        add(SIDECAR + "logLevel", "`global.proxy.logLevel` of the values, warning", Rule.ANY, Reader.TEMPLATE,
                "The log level of the proxy.");
        add(SIDECAR + "componentLogLevel", "`global.proxy.componentLogLevel` of the values, misc:error", Rule.ANY, Reader.TEMPLATE,
                "The log levels of single components of the proxy.");
        add(SIDECAR + "agentLogLevel", "`global.logging.level` of the values, default:info", Rule.ANY, Reader.TEMPLATE,
                "The log level of the agent beside the proxy.");
        add(SIDECAR + "bootstrapOverride", "", Rule.ANY, Reader.TEMPLATE,
                "A ConfigMap with another bootstrap configuration for the proxy.");
        add(SIDECAR + "userVolume", "", Rule.JSON_OBJECT, Reader.TEMPLATE, "Further volumes of the pod: name to volume.");
        add(SIDECAR + "userVolumeMount", "", Rule.JSON_OBJECT, Reader.TEMPLATE, "Further mounts of the proxy: name to mount.");
        add(SIDECAR + "nativeSidecar", "ENABLE_NATIVE_SIDECARS", Rule.TRUE_OR_FALSE, Reader.BOTH,
                "Whether the proxy is an init container that keeps running.");
        add(SIDECAR + "capNetBindService", "`global.proxy.capNetBindService` of the values", Rule.TRUE_OR_FALSE, Reader.TEMPLATE,
                "Lets the proxy listen on ports below 1024.");
        add(SIDECAR + "rewriteAppHTTPProbers", "`sidecarInjectorWebhook.rewriteAppHTTPProbe` of the values, true",
                Rule.IGNORED_UNLESS_BOOLEAN,
                Reader.ENGINE, "Whether the application's probes go through the agent.");
    }

    private void resources() {
        add(SIDECAR + "proxyCPU", "`global.proxy.resources.requests.cpu` of the values", Rule.QUANTITY, Reader.TEMPLATE,
                "The CPU that the proxy requests; with one of these four only those that are set count.");
        add(SIDECAR + "proxyMemory", "`global.proxy.resources.requests.memory` of the values", Rule.QUANTITY, Reader.TEMPLATE,
                "The memory that the proxy requests.");
        add(SIDECAR + "proxyCPULimit", "`global.proxy.resources.limits.cpu` of the values", Rule.QUANTITY, Reader.TEMPLATE,
                "The CPU limit of the proxy.");
        add(SIDECAR + "proxyMemoryLimit", "`global.proxy.resources.limits.memory` of the values", Rule.QUANTITY, Reader.TEMPLATE,
                "The memory limit of the proxy.");
    }

    private void readiness() {
        add("status.sidecar.istio.io/port", "`global.proxy.statusPort` of the values, 15020", Rule.STATUS_PORT, Reader.BOTH,
                "The agent's port for probes; 0 leaves out the proxy's own probes.");
        add(READINESS + "initialDelaySeconds", "`global.proxy.readinessInitialDelaySeconds` of the values, 0", Rule.COUNT,
                Reader.TEMPLATE, "Seconds before the proxy's first readiness probe.");
        add(READINESS + "periodSeconds", "`global.proxy.readinessPeriodSeconds` of the values, 15", Rule.COUNT, Reader.TEMPLATE,
                "Seconds between two readiness probes of the proxy.");
        add(READINESS + "failureThreshold", "`global.proxy.readinessFailureThreshold` of the values, 4", Rule.COUNT, Reader.TEMPLATE,
                "Failed readiness probes in a row after which the proxy counts as not ready.");
        add(READINESS + "applicationPorts", "", Rule.ANY, Reader.NOBODY, "Ports of the application that readiness once waited for.");
    }

    private void traffic() {
        add(TRAFFIC + "includeOutboundIPRanges", "`global.proxy.includeIPRanges` of the values, *", Rule.INCLUDED_RANGES,
                Reader.TEMPLATE, "Destinations whose traffic goes through the proxy.");
        add(TRAFFIC + "excludeOutboundIPRanges", "`global.proxy.excludeIPRanges` of the values", Rule.EXCLUDED_RANGES, Reader.TEMPLATE,
                "Destinations whose traffic bypasses the proxy.");
        add(TRAFFIC + "includeInboundPorts", "`global.proxy.includeInboundPorts` of the values, *", Rule.INCLUDED_PORTS,
                Reader.TEMPLATE, "Ports of the pod whose traffic goes through the proxy.");
        add(TRAFFIC + "excludeInboundPorts", "`global.proxy.excludeInboundPorts` of the values", Rule.EXCLUDED_PORTS, Reader.TEMPLATE,
                "Ports of the pod whose traffic bypasses the proxy; counts where all ports are included.");
        add(TRAFFIC + "includeOutboundPorts", "`global.proxy.includeOutboundPorts` of the values", Rule.UNCHECKED_PORTS,
                Reader.TEMPLATE, "Destination ports whose traffic goes through the proxy whatever the address.");
        add(TRAFFIC + "excludeOutboundPorts", "`global.proxy.excludeOutboundPorts` of the values", Rule.EXCLUDED_PORTS,
                Reader.TEMPLATE, "Destination ports whose traffic bypasses the proxy.");
        add(TRAFFIC + "excludeInterfaces", "", Rule.INTERFACES, Reader.TEMPLATE, "Interfaces whose traffic is never captured.");
        add("istio.io/reroute-virtual-interfaces", "", Rule.INTERFACES, Reader.TEMPLATE,
                "Interfaces of virtual machines: what comes in by them is treated as outbound.");
        add(TRAFFIC + "kubevirtInterfaces", "", Rule.INTERFACES, Reader.TEMPLATE,
                "The older name of `istio.io/reroute-virtual-interfaces`, which wins over it.");
        add("k8s.v1.cni.cncf.io/networks", "", Rule.ANY, Reader.BOTH,
                "Networks of the pod; with Multus as CNI provider the mesh's network is appended.");
    }

    private void metrics() {
        add(PROMETHEUS + "merge-metrics", "`enablePrometheusMerge` of the mesh, true", Rule.BOOLEAN, Reader.ENGINE,
                "Whether the agent serves the application's metrics together with the proxy's.");
        add("prometheus.io/scrape", "", Rule.ANY, Reader.ENGINE, "Whether Prometheus scrapes the pod; false leaves all of them alone.");
        add("prometheus.io/port", "", Rule.ANY, Reader.ENGINE, "The port of the application's metrics.");
        add("prometheus.io/path", "", Rule.ANY, Reader.ENGINE, "The path of the application's metrics.");
        add(PROMETHEUS + "scrape-targets", "", Rule.ANY, Reader.ENGINE,
                "Several places of the application's metrics: `port` or `port:path`, with commas.");
        add(PROMETHEUS + "secure-port", "", Rule.ANY, Reader.ENGINE,
                "The port of the merged metrics over TLS; written where it is not set.");
        add("apm.datadoghq.com/env", "", Rule.JSON_OBJECT, Reader.TEMPLATE, "Variables for the proxy, where Datadog is the tracer.");
        add("resource.opentelemetry.io/service.namespace", "the namespace", Rule.ANY, Reader.TEMPLATE,
                "The OpenTelemetry attribute `service.namespace`.");
        add("resource.opentelemetry.io/service.version", "label `app.kubernetes.io/version`, the image's tag", Rule.ANY,
                Reader.TEMPLATE, "The OpenTelemetry attribute `service.version`.");
        add("resource.opentelemetry.io/service.instance.id", "namespace, pod and container", Rule.ANY, Reader.TEMPLATE,
                "The OpenTelemetry attribute `service.instance.id`.");
    }

    private void records() {
        add(SIDECAR + "status", "", Rule.ANY, Reader.ENGINE, "Written by the injector: what it added to the pod.");
        add(PROXY + "overrides", "", Rule.ANY, Reader.ENGINE,
                "Written by the injector: what the author had set in the proxy's containers.");
        add("istio.io/rev", "", Rule.ANY, Reader.OTHERS, "Written by the injector: the revision of the control plane.");
        add("kubectl.kubernetes.io/default-container", "the first container of the application", Rule.ANY, Reader.TEMPLATE,
                "The container that kubectl means; written where it is not set.");
        add("kubectl.kubernetes.io/default-logs-container", "the first container of the application", Rule.ANY, Reader.TEMPLATE,
                "The container whose logs kubectl shows; written where it is not set.");
    }

    private void others() {
        for (String name : List.of("statsInclusionPrefixes", "statsInclusionSuffixes", "statsInclusionRegexps", "extraStatTags",
                "statsHistogramBuckets", "statsCompression", "statsEvictionInterval")) {
            add(SIDECAR + name, "", Rule.ANY, Reader.OTHERS, "Read by the proxy when it starts: which statistics it keeps.");
        }
        add(SIDECAR + "discoveryAddress", "", Rule.ANY, Reader.NOBODY, "Set `discoveryAddress` in `proxy.istio.io/config` instead.");
        add(SIDECAR + "controlPlaneAuthPolicy", "", Rule.ANY, Reader.NOBODY,
                "Set `controlPlaneAuthPolicy` in `proxy.istio.io/config` instead.");
        add(SIDECAR + "enableCoreDump", "", Rule.ANY, Reader.NOBODY, "Set `global.proxy.enableCoreDump` in the values instead.");
    }

    private void add(String name, String fallback, Rule rule, Reader reader, String help) {
        rows.add(new Setting(name, Kind.ANNOTATION, fallback, rule, reader, help));
    }
}
