package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.Map;

/** The two blocks that a run logs first: the environment as it is, and the settings as they were understood (spec section 8). */
final class Blocks {
    private static final String[] VARIABLES = {"ENVOY_PORT", "INBOUND_CAPTURE_PORT", "ISTIO_INBOUND_INTERCEPTION_MODE",
            "ISTIO_INBOUND_TPROXY_ROUTE_TABLE", "ISTIO_INBOUND_PORTS", "ISTIO_OUTBOUND_PORTS", "ISTIO_LOCAL_EXCLUDE_PORTS",
            "ISTIO_EXCLUDE_INTERFACES", "ISTIO_SERVICE_CIDR", "ISTIO_SERVICE_EXCLUDE_CIDR", "ISTIO_META_DNS_CAPTURE", "INVALID_DROP"};

    private Blocks() {}

    static String environment(Map<String, String> environment, boolean nftables) {
        StringBuilder text = new StringBuilder(nftables ? "Istio nftables environment:" : "Istio iptables environment:");
        for (String variable : VARIABLES) {
            line(text, variable, environment.getOrDefault(variable, ""));
        }
        return text.toString();
    }

    static String settings(CaptureSettings settings) {
        StringBuilder text = new StringBuilder("Istio config:");
        line(text, "PROXY_PORT", settings.text(Setting.ENVOY_PORT));
        line(text, "PROXY_INBOUND_CAPTURE_PORT", settings.text(Setting.INBOUND_CAPTURE_PORT));
        line(text, "PROXY_TUNNEL_PORT", settings.text(Setting.INBOUND_TUNNEL_PORT));
        line(text, "PROXY_UID", settings.text(Setting.PROXY_UID));
        line(text, "PROXY_GID", settings.text(Setting.PROXY_GID));
        line(text, "INBOUND_INTERCEPTION_MODE", settings.text(Setting.INTERCEPTION_MODE));
        line(text, "INBOUND_TPROXY_MARK", settings.text(Setting.TPROXY_MARK));
        line(text, "INBOUND_TPROXY_ROUTE_TABLE", settings.text(Setting.TPROXY_ROUTE_TABLE));
        line(text, "INBOUND_PORTS_INCLUDE", settings.text(Setting.INBOUND_PORTS));
        line(text, "INBOUND_PORTS_EXCLUDE", settings.text(Setting.LOCAL_EXCLUDE_PORTS));
        line(text, "OUTBOUND_OWNER_GROUPS_INCLUDE", settings.text(Setting.OWNER_GROUPS));
        line(text, "OUTBOUND_OWNER_GROUPS_EXCLUDE", settings.text(Setting.OWNER_GROUPS_EXCLUDE));
        line(text, "OUTBOUND_IP_RANGES_INCLUDE", settings.text(Setting.SERVICE_CIDR));
        line(text, "OUTBOUND_IP_RANGES_EXCLUDE", settings.text(Setting.SERVICE_EXCLUDE_CIDR));
        line(text, "OUTBOUND_PORTS_INCLUDE", settings.text(Setting.OUTBOUND_PORTS));
        line(text, "OUTBOUND_PORTS_EXCLUDE", settings.text(Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE));
        line(text, "KUBE_VIRT_INTERFACES", settings.text(Setting.KUBE_VIRT_INTERFACES));
        line(text, "ENABLE_INBOUND_IPV6", Boolean.toString(settings.network().ipv6()));
        line(text, "DUAL_STACK", settings.text(Setting.DUAL_STACK));
        line(text, "DNS_CAPTURE", Boolean.toString(settings.dns().captured()));
        line(text, "DROP_INVALID", Boolean.toString(settings.dropInvalid()));
        line(text, "CAPTURE_ALL_DNS", settings.text(Setting.CAPTURE_ALL_DNS));
        line(text, "DNS_SERVERS", servers(settings));
        line(text, "NETWORK_NAMESPACE", settings.work().networkNamespace());
        line(text, "CNI_MODE", Boolean.toString(settings.work().cniMode()));
        line(text, "EXCLUDE_INTERFACES", settings.text(Setting.EXCLUDE_INTERFACES));
        line(text, "RECONCILE", Boolean.toString(settings.work().reconcile()));
        line(text, "CLEANUP_ONLY", Boolean.toString(settings.work().cleanupOnly()));
        line(text, "FORCE_APPLY", Boolean.toString(settings.work().forceApply()));
        line(text, "NATIVE_NFTABLES", Boolean.toString(settings.work().nativeNftables()));
        line(text, "FORCE_IPTABLES_BINARY", settings.work().forcedBinary());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append('\n').append(name).append('=').append(value);
    }

    /** Both families, each in brackets, separated by blanks: {@code [10.96.0.10],[]}. */
    private static String servers(CaptureSettings settings) {
        StringBuilder v4 = new StringBuilder();
        StringBuilder v6 = new StringBuilder();
        for (IpAddress server : settings.dns().servers()) {
            StringBuilder list = server.family() == Family.IPV4 ? v4 : v6;
            list.append(list.isEmpty() ? "" : " ").append(server);
        }
        return "[" + v4 + "],[" + v6 + "]";
    }
}
