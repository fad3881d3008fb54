package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Expectation.Check;
import dev.sidecarinjector.capture.proof.Expectation.Untried;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The connections that together try everything that settings ask for: every item of every list, both families, and those that must be left alone. */
public final class Expectations {
    /** Of a longer list so many are tried. */
    private static final int MOST_OF_A_LIST = 16;

    private final Ladder ladder;
    /** By probe, so that none is made twice. */
    private final Map<Probe, Expectation> checks = new LinkedHashMap<>();
    private final List<Expectation> untried = new ArrayList<>();

    private Expectations(Ladder ladder) {
        this.ladder = ladder;
    }

    /**
     * What can be tried, and what cannot.
     *
     * @param own  addresses of the pod, of all families
     * @param self who connects, wherever it need not be somebody else
     */
    public static List<Expectation> of(CaptureSettings settings, List<IpAddress> own, Person self) {
        List<IpAddress> usual = own.stream().filter(address -> !address.isLoopback() && !address.isLinkLocal() && !isSix(address)).toList();
        Expectations expectations = new Expectations(new Ladder(settings, usual));
        Places places = new Places(settings, usual);
        Persons persons = new Persons(settings, self);
        for (Family family : settings.network().ipv6() ? Family.values() : new Family[]{Family.IPV4}) {
            IpAddress pod = usual.stream().filter(address -> address.family() == family).findFirst().orElse(null);
            new OutboundProbes(settings, expectations, persons, places, family).add();
            if (settings.dns().captured()) {
                new DnsProbes(settings, expectations, persons, places, family).add(pod);
            }
            if (pod == null) {
                expectations.untried(family.label() + ", within the pod and inbound", "the pod has no address of this family");
            } else {
                new PodProbes(settings, expectations, persons, family, pod).add(places.elsewhere(family));
            }
        }
        expectations.leftOut(settings);
        List<Expectation> all = new ArrayList<>(expectations.checks.values());
        all.addAll(expectations.untried);
        return all;
    }

    /** Who stands for the application: this process, unless a setting treats its user or group in a way of its own. */
    public static Person application(CaptureSettings settings, Person self) {
        return new Persons(settings, self).application();
    }

    /** Somebody who is the proxy by the user alone; this process where settings give names only. */
    public static Person proxyUser(CaptureSettings settings, Person self) {
        return new Persons(settings, self).users().stream().findFirst().orElse(self);
    }

    /** Somebody who is the proxy by the group alone. */
    public static Person proxyGroup(CaptureSettings settings, Person self) {
        return new Persons(settings, self).groups().stream().findFirst().orElse(self);
    }

    /** The proxy's own, which is no address of the pod for others. */
    private static boolean isSix(IpAddress address) {
        return address.family() == Family.IPV6 && address.high() == 0 && address.low() == 6;
    }

    void add(String who, Probe probe) {
        Ladder.Rung rung = ladder.fate(probe);
        checks.putIfAbsent(probe, new Check(who + " to " + probe.target(), probe, rung.fate(), rung.reason()));
    }

    boolean isUntouched(Probe probe) {
        return ladder.fate(probe).fate() == Fate.UNTOUCHED;
    }

    boolean isLoopback(IpAddress address) {
        return ladder.isLoopback(address);
    }

    void untried(String subject, String reason) {
        untried.add(new Untried(subject, reason));
    }

    /** The ends of each range; names and what is too much are left out. */
    List<Integer> ports(String list, List<String> texts) {
        List<Integer> ports = new ArrayList<>();
        for (String text : some(list, texts)) {
            long[] range = PortTexts.range(text);
            if (range.length == 0) {
                untried(list + " " + text, "it is a name that /etc/services does not know");
            }
            for (long port : range) {
                if (!ports.contains((int) port) && port > 0) {
                    ports.add((int) port);
                }
            }
        }
        return ports;
    }

    /** A sample over the whole length of a long list. */
    <T> List<T> some(String list, List<T> items) {
        if (items.size() <= MOST_OF_A_LIST) {
            return items;
        }
        untried(list + ": " + (items.size() - MOST_OF_A_LIST) + " of " + items.size() + " items", "a sample of a long list is tried");
        List<T> some = new ArrayList<>(MOST_OF_A_LIST);
        for (int i = 0; i < MOST_OF_A_LIST; i++) {
            some.add(items.get((int) ((long) i * (items.size() - 1) / (MOST_OF_A_LIST - 1))));
        }
        return some;
    }

    static List<Cidr> of(Family family, List<Cidr> cidrs) {
        return cidrs.stream().filter(cidr -> cidr.family() == family).toList();
    }

    private void leftOut(CaptureSettings settings) {
        settings.interfaces().excluded().forEach(name -> untried("excluded interface " + name, "only its own neighbours can try it"));
        settings.interfaces().virtual()
                .forEach(name -> untried("interface of virtual machines " + name, "only its own neighbours can try it"));
    }
}
