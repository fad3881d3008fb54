package dev.sidecarinjector.injection.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.annotation.Setting.Kind;
import dev.sidecarinjector.injection.annotation.Setting.Reader;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names and defaults are promises to users: here they are typed a second time, so that none changes unseen. */
class SettingsTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "settings.md");

    private static String rows(Kind kind) {
        return Settings.table().stream().filter(setting -> setting.kind() == kind)
                .map(setting -> setting.name() + (setting.fallback().isEmpty() ? "" : " = " + setting.fallback()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void environmentVariables() {
        assertThat(rows(Kind.ENVIRONMENT)).isEqualTo("""
                ENABLE_NATIVE_SIDECARS = auto
                COMPLIANCE_POLICY
                PLATFORM
                INJECT_ENABLED = true
                POD_NAMESPACE = istio-system
                INJECTION_WEBHOOK_CONFIG_NAME = istio-sidecar-injector
                """);
    }

    @Test
    void labels() {
        assertThat(rows(Kind.LABEL)).isEqualTo("""
                sidecar.istio.io/inject
                topology.istio.io/network = `global.network` of the values
                security.istio.io/tlsMode = istio
                networking.istio.io/tunnel = http
                service.istio.io/canonical-name = `app.kubernetes.io/name`, `app`, the owner's name
                service.istio.io/canonical-revision = `app.kubernetes.io/version`, `version`, `latest`
                service.istio.io/workload-name = the owner's name
                app.kubernetes.io/name
                app
                app.kubernetes.io/version
                version
                pod-template-hash
                rollouts-pod-template-hash
                deploymentconfig
                istio.io/rev
                """);
    }

    @Test
    void annotations() {
        assertThat(rows(Kind.ANNOTATION)).isEqualTo("""
                sidecar.istio.io/inject
                inject.istio.io/templates = `defaultTemplates` of the config
                proxy.istio.io/config = `defaultConfig` of the mesh
                sidecar.istio.io/interceptionMode = `interceptionMode` of the proxy config, REDIRECT
                sidecar.istio.io/proxyImage = `global.proxy.image` of the values
                sidecar.istio.io/proxyImageType = `image.imageType` of the proxy config
                sidecar.istio.io/logLevel = `global.proxy.logLevel` of the values, warning
                sidecar.istio.io/componentLogLevel = `global.proxy.componentLogLevel` of the values, misc:error
                sidecar.istio.io/agentLogLevel = `global.logging.level` of the values, default:info
                sidecar.istio.io/bootstrapOverride
                sidecar.istio.io/userVolume
                sidecar.istio.io/userVolumeMount
                sidecar.istio.io/nativeSidecar = ENABLE_NATIVE_SIDECARS
                sidecar.istio.io/capNetBindService = `global.proxy.capNetBindService` of the values
                sidecar.istio.io/rewriteAppHTTPProbers = `sidecarInjectorWebhook.rewriteAppHTTPProbe` of the values, true
                sidecar.istio.io/proxyCPU = `global.proxy.resources.requests.cpu` of the values
                sidecar.istio.io/proxyMemory = `global.proxy.resources.requests.memory` of the values
                sidecar.istio.io/proxyCPULimit = `global.proxy.resources.limits.cpu` of the values
                sidecar.istio.io/proxyMemoryLimit = `global.proxy.resources.limits.memory` of the values
                status.sidecar.istio.io/port = `global.proxy.statusPort` of the values, 15020
                readiness.status.sidecar.istio.io/initialDelaySeconds = `global.proxy.readinessInitialDelaySeconds` of the values, 0
                readiness.status.sidecar.istio.io/periodSeconds = `global.proxy.readinessPeriodSeconds` of the values, 15
                readiness.status.sidecar.istio.io/failureThreshold = `global.proxy.readinessFailureThreshold` of the values, 4
                readiness.status.sidecar.istio.io/applicationPorts
                traffic.sidecar.istio.io/includeOutboundIPRanges = `global.proxy.includeIPRanges` of the values, *
                traffic.sidecar.istio.io/excludeOutboundIPRanges = `global.proxy.excludeIPRanges` of the values
                traffic.sidecar.istio.io/includeInboundPorts = `global.proxy.includeInboundPorts` of the values, *
                traffic.sidecar.istio.io/excludeInboundPorts = `global.proxy.excludeInboundPorts` of the values
                traffic.sidecar.istio.io/includeOutboundPorts = `global.proxy.includeOutboundPorts` of the values
                traffic.sidecar.istio.io/excludeOutboundPorts = `global.proxy.excludeOutboundPorts` of the values
                traffic.sidecar.istio.io/excludeInterfaces
                istio.io/reroute-virtual-interfaces
                traffic.sidecar.istio.io/kubevirtInterfaces
                k8s.v1.cni.cncf.io/networks
                prometheus.istio.io/merge-metrics = `enablePrometheusMerge` of the mesh, true
                prometheus.io/scrape
                prometheus.io/port
                prometheus.io/path
                prometheus.istio.io/scrape-targets
                prometheus.istio.io/secure-port
                apm.datadoghq.com/env
                resource.opentelemetry.io/service.namespace = the namespace
                resource.opentelemetry.io/service.version = label `app.kubernetes.io/version`, the image's tag
                resource.opentelemetry.io/service.instance.id = namespace, pod and container
                sidecar.istio.io/status
                proxy.istio.io/overrides
                istio.io/rev
                kubectl.kubernetes.io/default-container = the first container of the application
                kubectl.kubernetes.io/default-logs-container = the first container of the application
                sidecar.istio.io/statsInclusionPrefixes
                sidecar.istio.io/statsInclusionSuffixes
                sidecar.istio.io/statsInclusionRegexps
                sidecar.istio.io/extraStatTags
                sidecar.istio.io/statsHistogramBuckets
                sidecar.istio.io/statsCompression
                sidecar.istio.io/statsEvictionInterval
                sidecar.istio.io/discoveryAddress
                sidecar.istio.io/controlPlaneAuthPolicy
                sidecar.istio.io/enableCoreDump
                """);
    }

    @Test
    void theTemplateReadsExactlyTheAnnotationsOfTheMeshThatTheTableSaysItReads() {
        String template = ShippedTemplates.template("sidecar");
        List<String> said = Settings.table().stream().filter(setting -> setting.kind() == Kind.ANNOTATION)
                .filter(setting -> setting.reader() == Reader.TEMPLATE || setting.reader() == Reader.BOTH).map(Setting::name).toList();
        assertThat(said).filteredOn(name -> name.contains("istio.io/")).allMatch(template::contains);
        TreeSet<String> names = Pattern.compile("[a-z.]*istio\\.io/[A-Za-z-]+").matcher(template).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).allMatch(name -> Settings.annotation(name) != null || Settings.label(name) != null);
    }

    @Test
    void noNameStandsTwice() {
        assertThat(Settings.table()).extracting(setting -> setting.kind() + " " + setting.name()).doesNotHaveDuplicates();
        assertThat(Settings.table()).allMatch(setting -> setting.help().endsWith("."));
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        String page = SettingsPage.text();
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("the page of settings; renew it with: " + SettingsPage.COMMAND).exists();
        assertThat(Files.readString(PAGE)).as("the page of settings; renew it with: " + SettingsPage.COMMAND).isEqualTo(page);
    }
}
