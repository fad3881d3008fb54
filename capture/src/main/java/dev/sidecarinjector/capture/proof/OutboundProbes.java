package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Outbound;
import java.util.ArrayList;
import java.util.List;

/** What leaves the pod. */
final class OutboundProbes {
    private final CaptureSettings settings;
    private final Outbound outbound;
    private final Expectations checks;
    private final Persons persons;
    private final Places places;
    private final Family family;

    OutboundProbes(CaptureSettings settings, Expectations checks, Persons persons, Places places, Family family) {
        this.settings = settings;
        outbound = settings.outbound();
        this.checks = checks;
        this.persons = persons;
        this.places = places;
        this.family = family;
    }

    void add() {
        Person application = persons.application();
        int port = ordinaryPort(settings);
        List<Integer> captured = checks.ports("captured outbound port", outbound.ports());
        List<Probe> targets = new ArrayList<>();
        IpAddress elsewhere = places.elsewhere(family);
        if (elsewhere != null) {
            targets.add(Probe.tcp(application, elsewhere, port));
            captured.forEach(each -> targets.add(Probe.tcp(application, elsewhere, each)));
        }
        for (Cidr cidr : checks.some("captured destinations", Expectations.of(family, outbound.cidrs().items()))) {
            IpAddress address = places.in(cidr);
            if (address == null) {
                checks.untried("captured destination " + cidr, "nobody can be connected to there");
            } else {
                targets.add(Probe.tcp(application, address, port));
            }
        }
        targets.forEach(probe -> checks.add("the application", probe));
        excludedDestinations(captured, port);
        List<Probe> capturedOnes = targets.stream().filter(probe -> !checks.isUntouched(probe)).toList();
        capturedOnes.stream().findFirst().ifPresent(this::owners);
        // Of a destination that is captured whatever the port, if there is one: else the exception would say nothing.
        capturedOnes.stream().filter(probe -> probe.port() == port).findFirst().or(() -> capturedOnes.stream().findFirst())
                .ifPresent(this::excludedPorts);
    }

    private void excludedDestinations(List<Integer> captured, int port) {
        for (Cidr cidr : checks.some("excluded destinations", Expectations.of(family, outbound.excludedCidrs()))) {
            IpAddress address = places.in(cidr);
            if (address == null) {
                checks.untried("excluded destination " + cidr, "nobody can be connected to there");
            } else {
                checks.add("the application", Probe.tcp(persons.application(), address, port));
                captured.stream().limit(1).forEach(each -> checks.add("the application", Probe.tcp(persons.application(), address, each)));
            }
        }
    }

    private void excludedPorts(Probe captured) {
        for (int port : checks.ports("excluded outbound port", outbound.excludedPorts())) {
            checks.add("the application", Probe.tcp(persons.application(), captured.destination(), port));
        }
    }

    /** Who is left alone although the destination is captured. */
    private void owners(Probe captured) {
        persons.users().forEach(person -> as("the proxy's user", person, captured));
        persons.groups().forEach(person -> as("the proxy's group", person, captured));
        for (String group : checks.some("owner groups", outbound.groups().all() ? outbound.excludedGroups() : outbound.groups().items())) {
            for (long gid : PortTexts.range(group)) {
                as("group " + gid, persons.of(gid), captured);
            }
        }
        as("another group", persons.ofNoGroup(), captured);
    }

    private void as(String who, Person person, Probe captured) {
        checks.add(who, Probe.tcp(person, captured.destination(), captured.port()));
    }

    /** No setting mentions it. */
    static int ordinaryPort(CaptureSettings settings) {
        List<String> all = new ArrayList<>(settings.outbound().ports());
        all.addAll(settings.outbound().excludedPorts());
        all.addAll(settings.inbound().ports().items());
        all.addAll(settings.inbound().excludedPorts());
        all.add(settings.proxy().inboundPort());
        all.add(settings.proxy().outboundPort());
        all.add(settings.proxy().tunnelPort());
        return PortTexts.free(9797, all);
    }
}
