package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings.Dns;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.capture.settings.CaptureSettings.Network;
import dev.sidecarinjector.capture.settings.CaptureSettings.Outbound;
import dev.sidecarinjector.capture.settings.CaptureSettings.Work;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** From texts to settings, in the order of spec section 2; collects every problem instead of stopping at the first. */
final class Resolver {
    private static final String USUAL_UID = "1337";

    private final Findings findings = new Findings();
    private final GivenValues given;
    private final Surroundings surroundings;

    Resolver(Map<Setting, List<String>> commandLine, Map<String, String> environment, Surroundings surroundings) {
        given = new GivenValues(commandLine, environment, findings);
        this.surroundings = surroundings;
    }

    Resolution resolve() {
        owners();
        Checks checks = new Checks(given, findings);
        checks.run();
        Network network = LocalAddresses.network(surroundings.addresses(), given.text(Setting.DUAL_STACK), findings);
        if (network == null) {
            findings.problem("no valid local IP address found", "network namespace",
                    "the pod needs an address that is neither loopback nor link-local; is its network set up yet?");
        }
        Dns dns = dns();
        CidrLists lists = new CidrLists(given, surroundings.files(), findings);
        Selection<Cidr> included = lists.included();
        List<Cidr> excluded = lists.excluded();
        Cidr loopback = checks.loopback();
        if (findings.hasProblems() || network == null || loopback == null) {
            return findings.rejected();
        }
        lists.warnOfUnused(Setting.SERVICE_CIDR.label(), included.items(), network.ipv6());
        lists.warnOfUnused(Setting.SERVICE_EXCLUDE_CIDR.label(), excluded, network.ipv6());
        Mode mode = given.text(Setting.INTERCEPTION_MODE).equals("TPROXY") ? Mode.TPROXY : Mode.REDIRECT;
        return findings.resolved(new CaptureSettings(
                new CaptureSettings.Proxy(given.text(Setting.ENVOY_PORT), given.text(Setting.INBOUND_CAPTURE_PORT),
                        given.text(Setting.INBOUND_TUNNEL_PORT), given.list(Setting.PROXY_UID), given.list(Setting.PROXY_GID)),
                new CaptureSettings.Inbound(mode, selection(Setting.INBOUND_PORTS), given.list(Setting.LOCAL_EXCLUDE_PORTS),
                        given.text(Setting.TPROXY_MARK), given.text(Setting.TPROXY_ROUTE_TABLE)),
                new Outbound(included, excluded, given.list(Setting.OUTBOUND_PORTS), given.list(Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE),
                        selection(Setting.OWNER_GROUPS), given.list(Setting.OWNER_GROUPS_EXCLUDE), loopback),
                new CaptureSettings.Interfaces(given.list(Setting.EXCLUDE_INTERFACES), given.list(Setting.KUBE_VIRT_INTERFACES)), dns,
                network, given.bool(Setting.DROP_INVALID), work(), Map.copyOf(given.all())));
    }

    /** Users first: groups are the users' numbers where none are given. */
    private void owners() {
        if (given.text(Setting.PROXY_UID).isEmpty()) {
            String account = given.text(Setting.ENVOY_USER);
            OptionalLong uid = surroundings.userId().apply(account);
            given.lookedUp(Setting.PROXY_UID, uid.isPresent() ? Long.toString(uid.getAsLong()) : USUAL_UID,
                    uid.isPresent() ? "account " + account : "there is no account " + account);
        }
        if (given.text(Setting.PROXY_GID).isEmpty()) {
            given.lookedUp(Setting.PROXY_GID, given.text(Setting.PROXY_UID), "same as " + Setting.PROXY_UID.label());
        }
    }

    private Selection<String> selection(Setting setting) {
        boolean all = given.text(setting).equals("*");
        return new Selection<>(all, all ? List.of() : given.list(setting));
    }

    private Dns dns() {
        boolean asked = given.bool(Setting.REDIRECT_DNS);
        boolean all = asked && given.bool(Setting.CAPTURE_ALL_DNS);
        if (!asked || all) {
            return new Dns(asked, all, List.of());
        }
        List<IpAddress> servers = switch (surroundings.files().apply(NameServers.FILE)) {
            case TextFile.Content(String text) -> NameServers.of(text, findings);
            case TextFile.Unreadable(String reason) -> {
                findings.problem("failed to load " + NameServers.FILE + ": " + reason, Setting.REDIRECT_DNS.label(),
                        "mount the file, or give --capture-all-dns");
                yield List.of();
            }
        };
        if (servers.isEmpty() && !findings.hasProblems()) {
            findings.warning("there is no name server whose queries could be captured: DNS is not captured", NameServers.FILE,
                    "give --capture-all-dns to capture queries to any server");
        }
        return new Dns(!servers.isEmpty(), false, servers);
    }

    private Work work() {
        return new Work(given.bool(Setting.DRY_RUN), given.text(Setting.DRY_RUN_FILE), given.bool(Setting.SKIP_RULE_APPLY),
                given.bool(Setting.RUN_VALIDATION), GoText.uint16(given.text(Setting.PROBE_PORT)),
                known(GoText.duration(given.text(Setting.PROBE_TIMEOUT))), given.text(Setting.NETWORK_NAMESPACE),
                given.bool(Setting.CNI_MODE), given.bool(Setting.RECONCILE), given.bool(Setting.CLEANUP_ONLY),
                given.bool(Setting.FORCE_APPLY), given.bool(Setting.NATIVE_NFTABLES), given.text(Setting.FORCE_IPTABLES_BINARY),
                !given.bool(Setting.NO_SETS), given.bool(Setting.ALLOW_HOST_NETWORK));
    }

    private static Duration known(@Nullable Duration checked) {
        return checked == null ? Duration.ZERO : checked;
    }
}
