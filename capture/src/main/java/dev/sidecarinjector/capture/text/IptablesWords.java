package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.rules.Direction;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.Target;
import java.util.ArrayList;
import java.util.List;

/** A rule in the words of iptables. */
public final class IptablesWords {
    private final Rule rule;
    private final List<String> words = new ArrayList<>();

    private IptablesWords(Rule rule) {
        this.rule = rule;
    }

    /** Conditions and target, without the chain and what is to be done there. */
    public static List<String> of(Rule rule) {
        IptablesWords words = new IptablesWords(rule);
        rule.matches().forEach(words::match);
        words.add("-j");
        words.target(rule.target());
        return words.words;
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }

    private void match(Match match) {
        switch (match) {
            case Match.OfProtocol(Protocol protocol) -> add("-p", protocol.text());
            case Match.FromInterface(String name) -> add("-i", name);
            case Match.ToInterface(String name) -> add("-o", name);
            case Match.Address(Direction direction, var cidr, boolean negated) -> {
                not(negated);
                add(direction == Direction.SOURCE ? "-s" : "-d", cidr.toString());
            }
            case Match.InSet(Direction direction, var set) ->
                add("-m", "set", "--match-set", set.name(), direction == Direction.SOURCE ? "src" : "dst");
            case Match.Port(Direction direction, Protocol protocol, String port, boolean negated) -> {
                protocol(protocol);
                not(negated);
                add(direction == Direction.SOURCE ? "--sport" : "--dport", Ports.iptables(port));
            }
            case Match.OtherPorts(Protocol protocol, List<String> ports) -> {
                protocol(protocol);
                add("-m", "multiport", "!", "--dports", String.join(",", ports.stream().map(Ports::iptables).toList()));
            }
            case Match.Owner(Match.Account account, String id, boolean negated) -> owner(account, id, negated);
            case Match.OtherOwners(Match.Account account, List<String> ids) -> ids.forEach(id -> owner(account, id, true));
            case Match.Invalid() -> add("-m", "conntrack", "--ctstate", "INVALID");
            case Match.KnownConnection() -> add("-m", "conntrack", "--ctstate", "RELATED,ESTABLISHED");
            case Match.PacketMark(String mark, boolean negated) -> {
                add("-m", "mark");
                not(negated);
                add("--mark", mark);
            }
            case Match.ConnectionMark(String mark) -> add("-m", "connmark", "--mark", mark);
        }
    }

    private void not(boolean negated) {
        if (negated) {
            words.add("!");
        }
    }

    /** A port needs its protocol; once is enough. */
    private void protocol(Protocol protocol) {
        if (!words.contains("-p")) {
            add("-p", protocol.text());
        }
    }

    private void owner(Match.Account account, String id, boolean negated) {
        add("-m", "owner");
        not(negated);
        add(account == Match.Account.USER ? "--uid-owner" : "--gid-owner", id);
    }

    private void target(Target target) {
        switch (target) {
            case Target.Return() -> add("RETURN");
            case Target.Accept() -> add("ACCEPT");
            case Target.Drop() -> add("DROP");
            case Target.Jump(var chain) -> add(chain.name());
            // The rules for UDP have always had the option abbreviated.
            case Target.Redirect(String port) -> add("REDIRECT", isUdp() ? "--to-port" : "--to-ports", port);
            case Target.Tproxy(String port, String mark) -> add("TPROXY", "--tproxy-mark", mark + "/0xffffffff", "--on-port", port);
            case Target.SetMark(String mark) -> add("MARK", "--set-mark", mark);
            case Target.SaveMark() -> add("CONNMARK", "--save-mark");
            case Target.RestoreMark() -> add("CONNMARK", "--restore-mark");
            case Target.Zone(int zone) -> add("CT", "--zone", Integer.toString(zone));
        }
    }

    private boolean isUdp() {
        return rule.matches().stream().anyMatch(match -> match instanceof Match.Port port && port.protocol() == Protocol.UDP);
    }
}
