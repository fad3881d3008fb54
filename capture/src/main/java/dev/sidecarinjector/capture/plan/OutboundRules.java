package dev.sidecarinjector.capture.plan;

import static dev.sidecarinjector.capture.plan.RuleList.RETURN;
import static dev.sidecarinjector.capture.plan.RuleList.TCP;
import static dev.sidecarinjector.capture.plan.RuleList.TO_LO;
import static dev.sidecarinjector.capture.plan.RuleList.jump;
import static dev.sidecarinjector.capture.plan.RuleList.notToPort;
import static dev.sidecarinjector.capture.plan.RuleList.to;
import static dev.sidecarinjector.capture.plan.RuleList.toPort;
import static dev.sidecarinjector.capture.plan.RuleList.when;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_IN_REDIRECT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_REDIRECT;
import static dev.sidecarinjector.capture.rules.Chain.OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.PREROUTING;
import static dev.sidecarinjector.capture.rules.Table.NAT;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Match.Account;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Outbound;
import dev.sidecarinjector.capture.settings.OwnerGroups;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** The ladder that outbound packets climb down: the first rung that fits decides (spec section 3, steps 8 to 18). */
final class OutboundRules {
    private final CaptureSettings settings;
    private final Outbound outbound;
    private final RuleList rules;

    OutboundRules(CaptureSettings settings, RuleList rules) {
        this.settings = settings;
        this.rules = rules;
        outbound = settings.outbound();
    }

    void plan() {
        rules.append(NAT, OUTPUT, when(), jump(ISTIO_OUTPUT), "What goes out is looked at.");
        for (String port : outbound.excludedPorts()) {
            for (Protocol protocol : Protocol.values()) {
                rules.append(NAT, ISTIO_OUTPUT, when(toPort(protocol, port)), RETURN, "This outbound port is left alone.",
                        Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE);
            }
        }
        for (Family family : rules.families()) {
            rules.append(family, NAT, ISTIO_OUTPUT, when(TO_LO, RuleList.fromSelf(family)), RETURN,
                    "The proxy hands inbound connections to the application from this address; capturing them would be a loop.");
        }
        settings.proxy().uids().forEach(uid -> proxy(Account.USER, uid, Setting.PROXY_UID));
        settings.proxy().gids().forEach(gid -> proxy(Account.GROUP, gid, Setting.PROXY_GID));
        groups();
        if (settings.dns().captured()) {
            new DnsRules(settings, rules).plan();
        }
        destinations();
    }

    private void proxy(Account account, String id, Setting asked) {
        boolean dns = settings.dns().captured();
        String tunnel = settings.proxy().tunnelPort();
        // Only the users' rule has ever left DNS alone.
        Match ports = dns && account == Account.USER
                ? new Match.OtherPorts(Protocol.TCP, List.of(DnsRules.PORT, tunnel))
                : notToPort(Protocol.TCP, tunnel);
        Match own = new Match.Owner(account, id, false);
        Match foreign = new Match.Owner(account, id, true);
        for (Family family : rules.families()) {
            rules.append(family, NAT, ISTIO_OUTPUT, when(TO_LO, rules.beyondLoopback(family), TCP, ports, own), jump(ISTIO_IN_REDIRECT),
                    "The proxy calls its own pod through a service: the call is inbound, too.", asked, Setting.INBOUND_TUNNEL_PORT);
        }
        if (!capturesLoopback()) {
            rules.append(NAT, ISTIO_OUTPUT, dns ? when(TO_LO, TCP, notToPort(Protocol.TCP, DnsRules.PORT), foreign) : when(TO_LO, foreign),
                    RETURN, "The application talks to itself.", asked);
        }
        rules.append(NAT, ISTIO_OUTPUT, when(own), RETURN, "What the proxy sends is not captured again.", asked);
    }

    private boolean capturesLoopback() {
        for (Cidr cidr : outbound.cidrs().items()) {
            if (cidr.address().isLoopback()) {
                return true;
            }
        }
        return false;
    }

    private void groups() {
        if (!outbound.groups().all()) {
            rules.append(NAT, ISTIO_OUTPUT, when(new Match.OtherOwners(Account.GROUP, OwnerGroups.loadable(outbound.groups().items()))),
                    RETURN, "Only these groups' traffic is captured.", Setting.OWNER_GROUPS);
            return;
        }
        for (String group : outbound.excludedGroups()) {
            rules.append(NAT, ISTIO_OUTPUT, when(new Match.Owner(Account.GROUP, group, false)), RETURN,
                    "This group's traffic is left alone.", Setting.OWNER_GROUPS_EXCLUDE);
        }
    }

    private void destinations() {
        for (Family family : rules.families()) {
            rules.append(family, NAT, ISTIO_OUTPUT, when(to(rules.loopback(family))), RETURN,
                    "The application talks to itself on the loopback address.", Setting.LOOPBACK_CIDR);
        }
        for (Cidr cidr : byFamily(outbound.excludedCidrs())) {
            rules.append(cidr.family(), NAT, ISTIO_OUTPUT, when(to(cidr)), RETURN, "This destination is left alone.",
                    Setting.SERVICE_EXCLUDE_CIDR);
        }
        for (String port : outbound.ports()) {
            rules.append(NAT, ISTIO_OUTPUT, when(toPort(Protocol.TCP, port)), jump(ISTIO_REDIRECT),
                    "This outbound port is captured whatever the destination.", Setting.OUTBOUND_PORTS);
        }
        if (outbound.cidrs().all()) {
            rules.append(NAT, ISTIO_OUTPUT, when(), jump(ISTIO_REDIRECT), "Every other destination is captured.", Setting.SERVICE_CIDR);
            for (String name : settings.interfaces().virtual()) {
                rules.insert(NAT, PREROUTING, 1, when(new Match.FromInterface(name)), jump(ISTIO_REDIRECT),
                        "What a virtual machine sends is outbound traffic of the pod.", Setting.KUBE_VIRT_INTERFACES, Setting.SERVICE_CIDR);
            }
        }
        for (Cidr cidr : byFamily(outbound.cidrs().items())) {
            for (String name : settings.interfaces().virtual()) {
                rules.insert(cidr.family(), NAT, PREROUTING, 1, when(new Match.FromInterface(name), to(cidr)), jump(ISTIO_REDIRECT),
                        "What a virtual machine sends to this destination is outbound traffic of the pod.", Setting.KUBE_VIRT_INTERFACES,
                        Setting.SERVICE_CIDR);
            }
            rules.append(cidr.family(), NAT, ISTIO_OUTPUT, when(to(cidr)), jump(ISTIO_REDIRECT), "This destination is captured.",
                    Setting.SERVICE_CIDR);
        }
    }

    private static List<Cidr> byFamily(List<Cidr> cidrs) {
        if (cidrs.size() < 2) {
            return cidrs;
        }
        List<Cidr> sorted = new ArrayList<>(cidrs);
        sorted.sort((one, other) -> one.family().compareTo(other.family()));
        return sorted;
    }
}
