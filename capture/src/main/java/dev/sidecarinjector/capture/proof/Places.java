package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where to connect to: addresses that are in exactly one list, or in none. Those of documentation (RFC 5737, RFC 3849) come first, where nobody is disturbed. */
final class Places {
    private static final List<IpAddress> NOBODYS = Stream
            .of("203.0.113.10", "198.51.100.7", "203.0.113.201", "198.51.100.130", "192.0.2.130",
                    "198.18.0.10", "198.19.200.1", "2001:db8::10", "2001:db8:5::7", "2001:db8:ffff::9", "3fff::10")
            .map(IpAddress::parse)
            .filter(Objects::nonNull).toList();

    private final List<Cidr> included;
    private final List<Cidr> excluded;
    private final List<IpAddress> taken;

    /**
     * For a pod.
     *
     * @param own the pod's addresses
     */
    Places(CaptureSettings settings, List<IpAddress> own) {
        included = settings.outbound().cidrs().items();
        excluded = settings.outbound().excludedCidrs();
        taken = new ArrayList<>(own);
        taken.addAll(settings.dns().servers());
    }

    /** In no list; null where the lists leave nothing. */
    @Nullable
    IpAddress elsewhere(Family family) {
        return NOBODYS.stream().filter(address -> address.family() == family && isFree(address))
                .filter(address -> !Ladder.covers(included, address) && !Ladder.covers(excluded, address)).findFirst().orElse(null);
    }

    /** In this prefix, and in as few others as can be; null where it holds nothing that can be connected to. */
    @Nullable
    IpAddress in(Cidr cidr) {
        return Stream.concat(NOBODYS.stream().filter(cidr::contains), within(cidr)).filter(this::isFree)
                .min(Comparator.comparingLong(address -> others(cidr, address))).orElse(null);
    }

    /** That another list has it too counts more than that its own list has it twice. For an excluded prefix it is good to be in an included one. */
    private long others(Cidr cidr, IpAddress address) {
        boolean isExcluded = excluded.contains(cidr);
        long twice = Stream.concat(included.stream(), excluded.stream())
                .filter(other -> !other.equals(cidr) && other.contains(address) && excluded.contains(other) == isExcluded).count();
        boolean otherList = Ladder.covers(isExcluded ? included : excluded, address);
        return twice + (otherList == isExcluded ? 0 : 1000);
    }

    /** Some of its addresses: near both ends, and parted by quarters. */
    private static Stream<IpAddress> within(Cidr cidr) {
        IpAddress first = cidr.address().masked(cidr.length());
        int free = Math.min(cidr.family().bits() - cidr.length(), 62);
        long last = (1L << free) - 1;
        return LongStream.of(10, 1, 0, last / 4 + 1, last / 2 + 1, last / 4 * 3 + 1, last - 1)
                .filter(offset -> offset >= 0 && offset <= last)
                .mapToObj(offset -> new IpAddress(cidr.family(), first.high(), first.low() + offset));
    }

    /** Nobody can be connected to by multicast, and what the pod or its name servers have has a fate of its own. */
    private boolean isFree(IpAddress address) {
        boolean usable = address.family() == Family.IPV4
                ? address.low() >>> 28 < 0xe && address.low() >>> 24 != 0
                : address.high() >>> 56 != 0xff && !address.isMapped() && (address.high() != 0 || address.low() != 0);
        return usable && !taken.contains(address) && !address.isLinkLocal();
    }
}
