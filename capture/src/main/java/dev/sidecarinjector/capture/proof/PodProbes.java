package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What ends in the pod: its talk with itself, and what comes in. */
final class PodProbes {
    private static final String USER = "the proxy's user";
    private static final String GROUP = "the proxy's group";
    private static final IpAddress LOOPBACK6 = new IpAddress(Family.IPV6, 0, 1);
    private static final long FIRST_LOOPBACK = 0x7f00_0001L;

    private final CaptureSettings settings;
    private final Expectations checks;
    private final Persons persons;
    private final Family family;
    private final IpAddress pod;
    private final int ordinary;
    /** An inbound port that is captured; 0 where none is known. */
    private final int captured;
    private final int tunnel;

    PodProbes(CaptureSettings settings, Expectations checks, Persons persons, Family family, IpAddress pod) {
        this.settings = settings;
        this.checks = checks;
        this.persons = persons;
        this.family = family;
        this.pod = pod;
        ordinary = OutboundProbes.ordinaryPort(settings);
        captured = settings.inbound().ports().all()
                ? ordinary
                : settings.inbound().ports().items().stream().mapToInt(PortTexts::number).filter(port -> port > 0).findFirst().orElse(0);
        tunnel = PortTexts.number(settings.proxy().tunnelPort());
    }

    /**
     * Everything within the pod, and inbound.
     *
     * @param elsewhere an address that is not the pod's
     */
    void add(@Nullable IpAddress elsewhere) {
        itself();
        loopback();
        inbound();
        if (settings.inbound().mode() == Mode.TPROXY && captured > 0) {
            tproxy(elsewhere);
        }
    }

    private void itself() {
        Set<Integer> ports = new LinkedHashSet<>(List.of(ordinary));
        if (tunnel > 0) {
            ports.add(tunnel);
        }
        if (settings.inbound().mode() == Mode.TPROXY && captured > 0) {
            ports.add(captured);
        }
        settings.outbound().excludedPorts().stream().mapToInt(PortTexts::number).filter(port -> port > 0).limit(1).forEach(ports::add);
        checks.add("the application", Probe.tcp(persons.application(), pod, ordinary));
        for (int port : ports) {
            persons.users().forEach(person -> checks.add(USER, Probe.tcp(person, pod, port)));
            persons.groups().forEach(person -> checks.add(GROUP, Probe.tcp(person, pod, port)));
        }
        String handing = ", handing a connection to the application,";
        int port = captured > 0 ? captured : ordinary;
        persons.users().forEach(person -> checks.add(USER + handing, Probe.tcp(person, pod, port).with(Manner.FROM_SELF)));
        persons.groups().forEach(person -> checks.add(GROUP + handing, Probe.tcp(person, pod, port).with(Manner.FROM_SELF)));
    }

    private void loopback() {
        everybody(loopback(settings, family));
        Cidr range = settings.outbound().loopback();
        if (family == Family.IPV4) {
            // Loopback to the kernel, but not to the settings.
            for (long address = FIRST_LOOPBACK; address < FIRST_LOOPBACK + 3; address++) {
                IpAddress other = new IpAddress(Family.IPV4, 0, address);
                if (!range.contains(other)) {
                    everybody(other);
                    break;
                }
            }
        }
    }

    private void everybody(IpAddress address) {
        checks.add("the application", Probe.tcp(persons.application(), address, ordinary));
        persons.users().forEach(person -> checks.add(USER, Probe.tcp(person, address, ordinary)));
        persons.groups().forEach(person -> checks.add(GROUP, Probe.tcp(person, address, ordinary)));
    }

    private void inbound() {
        Set<Integer> ports = new LinkedHashSet<>(List.of(ordinary));
        if (tunnel > 0) {
            ports.add(tunnel);
        }
        ports.addAll(checks.ports("captured inbound port", settings.inbound().ports().items()));
        if (settings.inbound().ports().all()) {
            ports.addAll(checks.ports("excluded inbound port", settings.inbound().excludedPorts()));
        }
        if (settings.dropInvalid()) {
            checks.add("a neighbour, with an answer that nobody asked for,",
                    Probe.tcp(persons.application(), pod, ordinary).with(Manner.STRAY));
        }
        ports.forEach(port -> checks.add("a neighbour", Probe.tcp(persons.application(), pod, port).with(Manner.FROM_OUTSIDE)));
    }

    /** The proxy in a client's name, and a client whose connection is only routed through the pod. */
    private void tproxy(@Nullable IpAddress elsewhere) {
        for (Person person : persons.groups()) {
            Probe probe = Probe.tcp(person, pod, captured).with(Manner.AS_CLIENT);
            if (checks.isUntouched(probe)) {
                checks.add(GROUP + ", with a client's address,", probe);
            }
        }
        if (elsewhere != null) {
            checks.add("a neighbour, through the pod,", Probe.tcp(persons.application(), elsewhere, captured).with(Manner.FROM_OUTSIDE));
        }
    }

    /** Where the application talks to itself. */
    static IpAddress loopback(CaptureSettings settings, Family family) {
        Cidr range = settings.outbound().loopback();
        IpAddress usual = new IpAddress(Family.IPV4, 0, FIRST_LOOPBACK);
        return family == Family.IPV6 ? LOOPBACK6 : range.contains(usual) ? usual : range.address();
    }
}
