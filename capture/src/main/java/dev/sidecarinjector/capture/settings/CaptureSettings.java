package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to capture, complete and checked.
 *
 * @param values the text of every setting of the table, and where it comes from; users and groups that were looked up are filled in
 */
public record CaptureSettings(Proxy proxy, Inbound inbound, Outbound outbound, Interfaces interfaces, Dns dns, Network network,
        boolean dropInvalid, Work work, Map<Setting, Value> values) {
    /** Inbound connections are redirected, or handed over with their addresses kept. */
    public enum Mode {
        REDIRECT, TPROXY
    }

    /** The proxy's ports and identity. Ports are texts, since a service's name is one too. */
    public record Proxy(String outboundPort, String inboundPort, String tunnelPort, List<String> uids, List<String> gids) {}

    /**
     * What comes in.
     *
     * @param excludedPorts only read where all ports are captured
     */
    public record Inbound(Mode mode, Selection<String> ports, List<String> excludedPorts, String mark, String routeTable) {}

    /**
     * What goes out.
     *
     * @param groups         whose traffic is captured
     * @param excludedGroups only read where all groups are captured
     * @param loopback       where the application talks to itself in IPv4
     */
    public record Outbound(Selection<Cidr> cidrs, List<Cidr> excludedCidrs, List<String> ports, List<String> excludedPorts,
            Selection<String> groups, List<String> excludedGroups, Cidr loopback) {}

    /** Interfaces with a treatment of their own. */
    public record Interfaces(List<String> excluded, List<String> virtual) {}

    /**
     * Which DNS queries are captured.
     *
     * @param captured whether any are: asked for, and there is a server or all are captured
     * @param servers  of both families, in the order of resolv.conf; empty where all are captured
     */
    public record Dns(boolean captured, boolean all, List<IpAddress> servers) {
        /** The servers of one family. */
        public List<IpAddress> servers(Family family) {
            return servers.stream().filter(server -> server.family() == family).toList();
        }
    }

    /**
     * The pod's addresses.
     *
     * @param host the first address that is neither loopback nor link-local
     * @param ipv6 whether rules for IPv6 are made
     */
    public record Network(IpAddress host, boolean ipv6) {}

    /** How the work is done; nothing here changes a rule, except {@code nativeNftables} and {@code sets}. */
    public record Work(boolean dryRun, String dryRunFile, boolean skipRuleApply, boolean runValidation, int probePort,
            Duration probeTimeout,
            String networkNamespace, boolean cniMode, boolean reconcile, boolean cleanupOnly, boolean forceApply, boolean nativeNftables,
            String forcedBinary, boolean sets, boolean allowHostNetwork) {}

    /**
     * Settings from what a user gave and what is there (reference: spec sections 1 and 2).
     *
     * @param commandLine values of each flag that was given, in order; of a repeated one the last counts. A switch without a value is {@code "true"}.
     * @param environment variables by name
     */
    public static Resolution resolve(Map<Setting, List<String>> commandLine, Map<String, String> environment, Surroundings surroundings) {
        return new Resolver(commandLine, environment, surroundings).resolve();
    }

    /** The text of a setting, as it was given or found. */
    public String text(Setting setting) {
        return value(setting).text();
    }

    /** Where a setting comes from. */
    public Origin origin(Setting setting) {
        return value(setting).origin();
    }

    private Value value(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException("no value of " + setting);
        }
        return value;
    }
}
