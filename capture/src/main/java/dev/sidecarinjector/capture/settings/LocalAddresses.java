package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the pod's addresses is its own, and whether it speaks IPv6 (spec section 2.3). */
final class LocalAddresses {
    private LocalAddresses() {}

    /** Null where there is no address but loopback and link-local ones. */
    static CaptureSettings.@Nullable Network network(List<LocalAddress> addresses, String dualStack, Findings findings) {
        List<IpAddress> candidates = inKernelOrder(addresses);
        if (candidates.isEmpty()) {
            return null;
        }
        IpAddress host = candidates.getFirst();
        boolean anyIpv6 = candidates.getLast().family() == Family.IPV6;
        boolean asked = dualStack.equals("auto") || Boolean.TRUE.equals(GoText.bool(dualStack));
        if (anyIpv6 && host.family() == Family.IPV4 && !asked) {
            findings.warning("the pod has IPv6 addresses too, but only IPv4 is captured: IPv6 traffic bypasses the proxy", "--dual-stack",
                    "give --dual-stack, or --dual-stack=auto");
        }
        return new CaptureSettings.Network(host, asked ? anyIpv6 : host.family() == Family.IPV6);
    }

    /** The kernel lists every IPv4 address before every IPv6 one, each by interface; other sources of addresses do not. */
    private static List<IpAddress> inKernelOrder(List<LocalAddress> addresses) {
        record Candidate(int index, IpAddress address) implements Comparable<Candidate> {
            @Override
            public int compareTo(Candidate other) {
                // A comparator put together from methods would be made at run time, at the price of a tenth of a start.
                int byFamily = address.family().compareTo(other.address.family());
                return byFamily != 0 ? byFamily : Integer.compare(index, other.index);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (LocalAddress local : addresses) {
            IpAddress given = IpAddress.parse(withoutZone(local.text()));
            if (given != null) {
                IpAddress address = given.unmapped();
                if (!address.isLoopback() && !address.isLinkLocal() && !address.isLinkLocalMulticast()) {
                    candidates.add(new Candidate(local.interfaceIndex(), address));
                }
            }
        }
        Collections.sort(candidates);
        List<IpAddress> sorted = new ArrayList<>();
        for (Candidate candidate : candidates) {
            sorted.add(candidate.address());
        }
        return sorted;
    }

    /** Nor with a length. */
    private static String withoutZone(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) == '%' || address.charAt(i) == '/') {
                return address.substring(0, i);
            }
        }
        return address;
    }
}
