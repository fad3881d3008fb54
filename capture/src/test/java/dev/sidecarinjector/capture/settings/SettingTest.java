package dev.sidecarinjector.capture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {
    /** Flags, letters, kinds, defaults and variables as the reference documents them, written down by hand. */
    @Test
    void theTableIsTheReferences() {
        assertThat(Arrays.stream(Setting.values()).filter(setting -> !setting.isAddition() && !setting.name().matches("LOG_.*|VKLOG"))
                .map(setting -> setting.flag() + " " + (setting.letter() == 0 ? '-' : setting.letter()) + " " + setting.kind() + " "
                        + setting.defaultText() + " " + String.join(",", setting.variables()))
                .collect(Collectors.joining("\n"))).isEqualTo("""
                        envoy-port p STRING 15001\s
                        inbound-capture-port z STRING 15006 INBOUND_CAPTURE_PORT
                        inbound-tunnel-port e STRING 15008 INBOUND_TUNNEL_PORT
                        proxy-uid u LIST  PROXY_UID
                        proxy-gid g LIST  PROXY_GID
                        istio-inbound-interception-mode m STRING  ISTIO_INBOUND_INTERCEPTION_MODE
                        istio-inbound-ports b LIST  ISTIO_INBOUND_PORTS
                        istio-local-exclude-ports d LIST  ISTIO_LOCAL_EXCLUDE_PORTS
                        istio-exclude-interfaces c LIST  ISTIO_EXCLUDE_INTERFACES
                        istio-service-cidr i LIST  ISTIO_SERVICE_CIDR
                        istio-service-exclude-cidr x LIST  ISTIO_SERVICE_EXCLUDE_CIDR
                        istio-outbound-ports q LIST  ISTIO_OUTBOUND_PORTS
                        istio-local-outbound-ports-exclude o LIST  ISTIO_LOCAL_OUTBOUND_PORTS_EXCLUDE
                        kube-virt-interfaces k LIST  KUBE_VIRT_INTERFACES
                        istio-inbound-tproxy-mark t STRING 1337 ISTIO_INBOUND_TPROXY_MARK
                        istio-inbound-tproxy-route-table r STRING 133 ISTIO_INBOUND_TPROXY_ROUTE_TABLE
                        dry-run n BOOL false DRY_RUN
                        iptables-probe-port - UINT16 15002 IPTABLES_PROBE_PORT
                        probe-timeout - DURATION 5s PROBE_TIMEOUT
                        skip-rule-apply - BOOL false SKIP_RULE_APPLY
                        run-validation - BOOL false RUN_VALIDATION
                        redirect-dns - BOOL false ISTIO_META_DNS_CAPTURE,REDIRECT_DNS
                        drop-invalid - BOOL false INVALID_DROP,DROP_INVALID
                        dual-stack - BOOL_OR_AUTO false ISTIO_DUAL_STACK,DUAL_STACK
                        capture-all-dns - BOOL false CAPTURE_ALL_DNS
                        network-namespace - STRING  NETWORK_NAMESPACE
                        cni-mode - BOOL false CNI_MODE
                        reconcile - BOOL false RECONCILE
                        cleanup-only - BOOL false CLEANUP_ONLY
                        force-apply - BOOL false FORCE_APPLY
                        native-nftables - BOOL false NATIVE_NFTABLES
                        force-iptables-binary - STRING  FORCE_IPTABLES_BINARY
                        null - LIST * ISTIO_OUTBOUND_OWNER_GROUPS
                        null - LIST  ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE
                        null - STRING 127.0.0.1/32 ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR
                        null - STRING istio-proxy ENVOY_USER
                        null - STRING  DRY_RUN_FILE_PATH""");
    }

    @Test
    void flagsAndLettersAreUnique() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::flag).filter(flag -> flag != null)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(Setting::letter).filter(letter -> letter != 0)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).flatMap(setting -> setting.variables().stream())).doesNotHaveDuplicates();
    }
}
