package dev.sidecarinjector.capture.settings;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one table of settings: flags, environment variables, defaults and a sentence of help. The parser, the reference page and the tests read it. */
public enum Setting {
    ENVOY_PORT(flag("envoy-port", 'p').noVariable().is("15001"), "Port of the proxy to which outbound connections are redirected."), //
    INBOUND_CAPTURE_PORT(flag("inbound-capture-port", 'z').is("15006"), "Port of the proxy to which inbound connections are redirected."), //
    INBOUND_TUNNEL_PORT(flag("inbound-tunnel-port", 'e').is("15008"), "Port of the proxy for tunnels (HBONE); never captured inbound."), //
    PROXY_UID(flag("proxy-uid", 'u').list(),
            "Users whose outbound traffic is left alone: the proxy. If empty, the account that ENVOY_USER names, else 1337."), //
    PROXY_GID(flag("proxy-gid", 'g').list(), "Groups whose outbound traffic is left alone. If empty, the same numbers as the users."), //
    INTERCEPTION_MODE(flag("istio-inbound-interception-mode", 'm'),
            "How inbound connections reach the proxy: TPROXY keeps the client's address; everything else is REDIRECT."), //
    INBOUND_PORTS(flag("istio-inbound-ports", 'b').list(), "Inbound ports to capture, as a list; * for all, empty for none."), //
    LOCAL_EXCLUDE_PORTS(flag("istio-local-exclude-ports", 'd').list(),
            "Inbound ports to leave alone; has an effect only where all others are captured."), //
    EXCLUDE_INTERFACES(flag("istio-exclude-interfaces", 'c').list(), "Network interfaces that are never captured, in either direction."), //
    SERVICE_CIDR(flag("istio-service-cidr", 'i').list(), "Outbound destinations to capture, as prefixes; * for all, empty for none."), //
    SERVICE_EXCLUDE_CIDR(flag("istio-service-exclude-cidr", 'x').list(), "Outbound destinations to leave alone, as prefixes."), //
    OUTBOUND_PORTS(flag("istio-outbound-ports", 'q').list(), "Outbound ports to capture whatever the destination."), //
    LOCAL_OUTBOUND_PORTS_EXCLUDE(flag("istio-local-outbound-ports-exclude", 'o').list(), "Outbound ports to leave alone, TCP and UDP."), //
    KUBE_VIRT_INTERFACES(flag("kube-virt-interfaces", 'k').list(),
            "Interfaces of virtual machines: what comes in by them is treated as outbound."), //
    TPROXY_MARK(flag("istio-inbound-tproxy-mark", 't').is("1337"), "Mark of packets that are routed to the proxy in TPROXY mode."), //
    TPROXY_ROUTE_TABLE(flag("istio-inbound-tproxy-route-table", 'r').is("133"), "Routing table for marked packets in TPROXY mode."), //
    DRY_RUN(flag("dry-run", 'n').bool(), "Print what would be done and change nothing."), //
    PROBE_PORT(flag("iptables-probe-port").kind(Kind.UINT16, "15002"), "Port to which the validation connects."), //
    PROBE_TIMEOUT(flag("probe-timeout").kind(Kind.DURATION, "5s"), "Time that the validation may take."), //
    SKIP_RULE_APPLY(flag("skip-rule-apply").bool(), "Change no rules, addresses and routes."), //
    RUN_VALIDATION(flag("run-validation").bool(), "Connect through the rules to prove that they capture."), //
    REDIRECT_DNS(flag("redirect-dns").or("ISTIO_META_DNS_CAPTURE").bool(), "Capture DNS queries to the servers of /etc/resolv.conf."), //
    DROP_INVALID(flag("drop-invalid").or("INVALID_DROP").bool(),
            "Drop packets that belong to no connection, as connection tracking sees it."), //
    DUAL_STACK(flag("dual-stack").or("ISTIO_DUAL_STACK").kind(Kind.BOOL_OR_AUTO, "false"),
            "Capture IPv6 also where the first address is IPv4; auto does so where the pod has an IPv6 address."), //
    CAPTURE_ALL_DNS(flag("capture-all-dns").bool(), "With --redirect-dns: capture DNS queries to any server."), //
    NETWORK_NAMESPACE(flag("network-namespace"), "File of the network namespace, which then serves as lock; it is not entered."), //
    CNI_MODE(flag("cni-mode").bool(), "Run as part of a CNI plugin: no name service, the lock in the network namespace."), //
    RECONCILE(flag("reconcile").bool(), "Accepted; rules that differ are always replaced, without a moment in which nothing is captured."), //
    CLEANUP_ONLY(flag("cleanup-only").bool(), "Remove all rules of capture, whichever settings made them, and add none."), //
    FORCE_APPLY(flag("force-apply").bool(), "Load the rules also where they are loaded already."), //
    NATIVE_NFTABLES(flag("native-nftables").bool(), "Use tables of nftables instead of iptables."), //
    FORCE_IPTABLES_BINARY(flag("force-iptables-binary"), "Which iptables to use: legacy, nft, or empty to look."), //

    OWNER_GROUPS(variable("ISTIO_OUTBOUND_OWNER_GROUPS").is("*").list(), "Groups whose outbound traffic is captured; * for all."), //
    OWNER_GROUPS_EXCLUDE(variable("ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE").list(),
            "Groups whose outbound traffic is left alone; has an effect only where all others are captured."), //
    LOOPBACK_CIDR(variable("ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR").is("127.0.0.1/32"),
            "IPv4 range in which the application talks to itself."), //
    ENVOY_USER(variable("ENVOY_USER").is("istio-proxy"), "Account of the proxy, looked up where no user is given."), //
    DRY_RUN_FILE(variable("DRY_RUN_FILE_PATH"), "File that a dry run writes its record to."), //

    LOG_TARGET(flag("log_target").noVariable().is("stdout").list(), "Where the log goes; may be repeated."), //
    LOG_AS_JSON(flag("log_as_json").noVariable().bool(), "Log one JSON object per entry."), //
    LOG_OUTPUT_LEVEL(flag("log_output_level").noVariable().is("default:info").list(), "Level of the log, alone or as scope:level."), //
    LOG_STACKTRACE_LEVEL(flag("log_stacktrace_level").noVariable().is("default:none").list(), "Accepted; without effect."), //
    LOG_CALLER(flag("log_caller").noVariable().list(), "Accepted; without effect."), //
    VKLOG(flag("vklog").noVariable(), "Accepted; without effect."), //

    SERVICE_CIDR_FILE(flag("istio-service-cidr-file").ours(), "File with more prefixes to capture, for lists too long for a command line."), //
    SERVICE_EXCLUDE_CIDR_FILE(flag("istio-service-exclude-cidr-file").ours(), "File with more prefixes to leave alone."), //
    NO_SETS(flag("no-sets").bool().ours(), "Write long lists of prefixes as one rule each, as they were given, instead of as sets."), //
    ALLOW_HOST_NETWORK(flag("allow-host-network").bool().ours(),
            "Work in the host's network namespace too, where all the node's traffic is captured.");

    private final @Nullable String flag;
    private final char letter;
    private final Kind kind;
    private final String defaultText;
    private final String moreVariable;
    private final String variable;
    private final boolean ours;
    private final String help;

    Setting(Row row, String help) {
        flag = row.flag;
        letter = row.letter;
        kind = row.kind;
        defaultText = row.defaultText;
        moreVariable = row.moreVariable;
        variable = row.variable;
        ours = row.ours;
        this.help = help;
    }

    /** Long name without dashes; null where there is only a variable. */
    public @Nullable String flag() {
        return flag;
    }

    /** Short name without its dash; 0 where there is none. */
    public char letter() {
        return letter;
    }

    public Kind kind() {
        return kind;
    }

    /** The value where nothing was given. */
    public String defaultText() {
        return defaultText;
    }

    /** Environment variables, the one that wins first; empty where none is read. */
    public List<String> variables() {
        if (variable.isEmpty()) {
            return List.of();
        }
        return moreVariable.isEmpty() ? List.of(variable) : List.of(moreVariable, variable);
    }

    /** Whether the reference implementation doesn't have it. */
    public boolean isAddition() {
        return ours;
    }

    /** One or two sentences. */
    public String help() {
        return help;
    }

    /** How a message calls it: the flags as a parser of Go prints them, {@code -n, --dry-run}, or the variable. */
    public String label() {
        return flag == null ? variable : letter == 0 ? "--" + flag : "-" + letter + ", --" + flag;
    }

    private static Row flag(String name) {
        return new Row(name, name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static Row flag(String name, char letter) {
        Row row = flag(name);
        row.letter = letter;
        return row;
    }

    private static Row variable(String name) {
        return new Row(null, name);
    }

    /** A row while it is written. */
    private static final class Row {
        private final @Nullable String flag;
        private char letter;
        private Kind kind = Kind.STRING;
        private String defaultText = "";
        private String variable;
        private String moreVariable = "";
        private boolean ours;

        private Row(@Nullable String flag, String variable) {
            this.flag = flag;
            this.variable = variable;
        }

        private Row kind(Kind other, String text) {
            kind = other;
            defaultText = text;
            return this;
        }

        private Row is(String text) {
            return kind(kind, text);
        }

        private Row bool() {
            return kind(Kind.BOOL, "false");
        }

        private Row list() {
            return kind(Kind.LIST, defaultText);
        }

        /** A second variable, which wins over the one of the flag's name. */
        private Row or(String name) {
            moreVariable = name;
            return this;
        }

        private Row noVariable() {
            variable = "";
            return this;
        }

        private Row ours() {
            ours = true;
            return this;
        }
    }
}
