package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks whom for names. */
final class DnsProbes {
    private static final int DNS = 53;

    private final CaptureSettings settings;
    private final Expectations checks;
    private final Persons persons;
    private final Places places;
    private final Family family;

    DnsProbes(CaptureSettings settings, Expectations checks, Persons persons, Places places, Family family) {
        this.settings = settings;
        this.checks = checks;
        this.persons = persons;
        this.places = places;
        this.family = family;
    }

    void add(@Nullable IpAddress pod) {
        Person application = persons.application();
        IpAddress elsewhere = places.elsewhere(family);
        List<IpAddress> servers = settings.dns().all() && elsewhere != null ? List.of(elsewhere) : settings.dns().servers(family);
        checks.some("name servers", servers).forEach(this::server);
        if (elsewhere != null) {
            checks.add("the application", Probe.tcp(application, elsewhere, DNS));
            checks.add("the application", Probe.udp(application, elsewhere, DNS));
        }
        // A resolver of the pod's own; where it is not captured nobody may be there.
        IpAddress loopback = PodProbes.loopback(settings, family);
        checks.add("the application", Probe.tcp(application, loopback, DNS));
        checks.add("the application", Probe.udp(application, loopback, DNS));
        persons.groups().forEach(person -> checks.add("the proxy's group", Probe.tcp(person, loopback, DNS)));
        if (pod != null) {
            persons.users().forEach(person -> checks.add("the proxy's user", Probe.tcp(person, pod, DNS)));
            persons.groups().forEach(person -> checks.add("the proxy's group", Probe.tcp(person, pod, DNS)));
        }
    }

    private void server(IpAddress server) {
        Probe query = Probe.udp(persons.application(), server, DNS);
        checks.add("the application", query);
        checks.add("the application", Probe.tcp(persons.application(), server, DNS));
        if (checks.isUntouched(query)) {
            return;
        }
        checks.add("the application, answered by the agent's group,", query.with(Manner.ANSWERED_BY_GROUP));
        persons.users().forEach(person -> agent("the agent's user", person, server));
        persons.groups().forEach(person -> agent("the agent's group", person, server));
    }

    private void agent(String who, Person person, IpAddress server) {
        checks.add(who, Probe.tcp(person, server, DNS));
        checks.add(who + ", from the port that the application has just used,",
                Probe.udp(person, server, DNS).with(Manner.AFTER_APPLICATION));
    }
}
