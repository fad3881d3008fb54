package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.rules.CidrSet;
import java.util.ArrayList;
import java.util.List;

/** The text for {@code ipset restore} that makes and fills a set; it must not be in use yet, for it is emptied first. */
public final class IpsetText {
    private IpsetText() {}

    /** With room for exactly its elements: the usual limit is 65,536. */
    public static String fill(CidrSet set) {
        List<Cidr> cidrs = new ArrayList<>(set.cidrs().size() + 1);
        for (Cidr cidr : set.cidrs()) {
            if (cidr.length() > 0) {
                cidrs.add(cidr);
            } else {
                cidrs.addAll(halves(cidr));
            }
        }
        StringBuilder text = new StringBuilder();
        text.append("create ").append(set.name()).append(" hash:net family ").append(set.family() == Family.IPV4 ? "inet" : "inet6")
                .append(" maxelem ").append(Math.max(1, cidrs.size())).append(" -exist\nflush ").append(set.name()).append('\n');
        for (Cidr cidr : cidrs) {
            text.append("add ").append(set.name()).append(' ').append(cidr).append('\n');
        }
        return text.toString();
    }

    /** A set of this type refuses the prefix of everything. */
    private static List<Cidr> halves(Cidr cidr) {
        IpAddress zero = cidr.address();
        IpAddress upper = cidr.family() == Family.IPV4
                ? new IpAddress(Family.IPV4, 0, 1L << 31)
                : new IpAddress(Family.IPV6, 1L << 63, 0);
        return List.of(new Cidr(zero, 1), new Cidr(upper, 1));
    }
}
