package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Inbound;
import dev.sidecarinjector.capture.settings.CaptureSettings.Outbound;
import dev.sidecarinjector.capture.settings.CaptureSettings.Proxy;
import dev.sidecarinjector.capture.settings.Selection;
import dev.sidecarinjector.capture.state.Names;
import dev.sidecarinjector.capture.state.Names.Kind;
import java.util.List;

/** Settings with numbers instead of the names of services, users and groups, as the programs that load the rules look them up; unknown names stay. */
final class Numbers {
    private final Names names;

    private Numbers(Names names) {
        this.names = names;
    }

    static CaptureSettings of(CaptureSettings settings, Names names) {
        Numbers numbers = new Numbers(names);
        return new CaptureSettings(numbers.of(settings.proxy()), numbers.of(settings.inbound()), numbers.of(settings.outbound()),
                settings.interfaces(), settings.dns(), settings.network(), settings.dropInvalid(), settings.work(), settings.values());
    }

    private Proxy of(Proxy proxy) {
        return new Proxy(port(proxy.outboundPort()), port(proxy.inboundPort()), port(proxy.tunnelPort()), all(Kind.USER, proxy.uids()),
                all(Kind.GROUP, proxy.gids()));
    }

    private Inbound of(Inbound inbound) {
        return new Inbound(inbound.mode(), of(Kind.SERVICE, inbound.ports()), all(Kind.SERVICE, inbound.excludedPorts()), inbound.mark(),
                inbound.routeTable());
    }

    private Outbound of(Outbound outbound) {
        return new Outbound(outbound.cidrs(), outbound.excludedCidrs(), all(Kind.SERVICE, outbound.ports()),
                all(Kind.SERVICE, outbound.excludedPorts()), of(Kind.GROUP, outbound.groups()), all(Kind.GROUP, outbound.excludedGroups()),
                outbound.loopback());
    }

    private Selection<String> of(Kind kind, Selection<String> selection) {
        return new Selection<>(selection.all(), all(kind, selection.items()));
    }

    private List<String> all(Kind kind, List<String> texts) {
        return texts.stream().map(text -> number(kind, text)).toList();
    }

    private String port(String text) {
        return number(Kind.SERVICE, text);
    }

    private String number(Kind kind, String text) {
        var number = names.number(kind, text.strip());
        return number.isPresent() ? Long.toString(number.getAsLong()) : text;
    }
}
