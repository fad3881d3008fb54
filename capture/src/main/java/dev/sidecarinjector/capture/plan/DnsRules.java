package dev.sidecarinjector.capture.plan;

import static dev.sidecarinjector.capture.plan.RuleList.TCP;
import static dev.sidecarinjector.capture.plan.RuleList.fromPort;
import static dev.sidecarinjector.capture.plan.RuleList.jump;
import static dev.sidecarinjector.capture.plan.RuleList.to;
import static dev.sidecarinjector.capture.plan.RuleList.toPort;
import static dev.sidecarinjector.capture.plan.RuleList.when;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_INBOUND;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_OUTPUT_DNS;
import static dev.sidecarinjector.capture.rules.Chain.OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.PREROUTING;
import static dev.sidecarinjector.capture.rules.Table.NAT;
import static dev.sidecarinjector.capture.rules.Table.RAW;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Match.Account;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.rules.Target;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Dns;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * DNS queries go to the agent, and the agent's own to the real server (spec section 3, step 14). The two may use the same ports at the same time; only
 * zones of connection tracking keep their answers apart.
 */
final class DnsRules {
    static final String PORT = "53";
    private static final String AGENT_PORT = "15053";
    private static final Target AGENT = new Target.Redirect(AGENT_PORT);
    private static final Target PROXY_ZONE = new Target.Zone(1);
    private static final Target APPLICATION_ZONE = new Target.Zone(2);
    private static final String CAPTURED = "DNS queries go to the agent.";
    private static final String QUERIES = "Queries of the application are tracked in a zone of their own.";
    private static final String ANSWERS = "Answers of a real server belong to the agent's queries.";

    private final CaptureSettings settings;
    private final Dns dns;
    private final RuleList rules;
    private final Setting[] asked;

    DnsRules(CaptureSettings settings, RuleList rules) {
        this.settings = settings;
        this.rules = rules;
        dns = settings.dns();
        asked = dns.all() ? new Setting[]{Setting.REDIRECT_DNS, Setting.CAPTURE_ALL_DNS} : new Setting[]{Setting.REDIRECT_DNS};
    }

    void plan() {
        List<IpAddress> servers = new ArrayList<>(dns.servers());
        servers.sort((one, other) -> one.family().compareTo(other.family()));
        rules.append(RAW, OUTPUT, when(), jump(ISTIO_OUTPUT_DNS), "Queries are put into their zones before they are tracked.", asked);
        rules.add(served(), NAT, ISTIO_OUTPUT, 0, when(), jump(ISTIO_OUTPUT_DNS), "DNS queries are looked at.", asked);
        redirects(Protocol.TCP, servers);
        redirects(Protocol.UDP, servers);
        settings.proxy().uids().forEach(uid -> agent(new Match.Owner(Account.USER, uid, false)));
        settings.proxy().gids().forEach(gid -> agent(new Match.Owner(Account.GROUP, gid, false)));
        rules.add(served(), RAW, PREROUTING, 0, when(), jump(ISTIO_INBOUND), "Answers are put into their zone before they are tracked.",
                asked);
        zones(servers);
    }

    /** The families in which there is something to capture. */
    private Set<Family> served() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (Family family : rules.families()) {
            if (dns.all() || !dns.servers(family).isEmpty()) {
                families.add(family);
            }
        }
        return families;
    }

    private void redirects(Protocol protocol, List<IpAddress> servers) {
        Match port = toPort(protocol, PORT);
        if (dns.all()) {
            rules.append(NAT, ISTIO_OUTPUT_DNS, protocol == Protocol.TCP ? when(TCP, port) : when(port), AGENT, CAPTURED, asked);
        }
        for (IpAddress server : servers) {
            rules.append(server.family(), NAT, ISTIO_OUTPUT_DNS, when(port, to(Cidr.of(server))), AGENT, CAPTURED, asked);
        }
    }

    private void agent(Match owner) {
        rules.append(RAW, ISTIO_OUTPUT_DNS, when(toPort(Protocol.UDP, PORT), owner), PROXY_ZONE,
                "The agent's own queries are tracked in a zone of their own.", asked);
        rules.append(RAW, ISTIO_OUTPUT_DNS, when(fromPort(Protocol.UDP, AGENT_PORT), owner), APPLICATION_ZONE,
                "The agent's answers belong to the application's queries.", asked);
    }

    private void zones(List<IpAddress> servers) {
        Match query = toPort(Protocol.UDP, PORT);
        Match answer = fromPort(Protocol.UDP, PORT);
        if (dns.all()) {
            rules.append(RAW, ISTIO_OUTPUT_DNS, when(query), APPLICATION_ZONE, QUERIES, asked);
            rules.append(RAW, ISTIO_INBOUND, when(answer), PROXY_ZONE, ANSWERS, asked);
        }
        for (IpAddress server : servers) {
            rules.append(server.family(), RAW, ISTIO_OUTPUT_DNS, when(query, to(Cidr.of(server))), APPLICATION_ZONE, QUERIES, asked);
            rules.append(server.family(), RAW, ISTIO_INBOUND, when(answer, RuleList.from(server)), PROXY_ZONE, ANSWERS, asked);
        }
    }
}
