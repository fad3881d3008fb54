package dev.sidecarinjector.capture.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a list of prefixes as short as it can be while it still holds exactly the same addresses. */
public final class CidrMerge {
    private static final Comparator<Cidr> BY_PLACE = Comparator.comparing(Cidr::address).thenComparingInt(Cidr::length);

    private CidrMerge() {}

    /**
     * Drops prefixes that lie in others and joins halves to their whole.
     *
     * @param cidrs of one family or of both
     * @return masked, sorted, none overlapping another
     */
    public static List<Cidr> merged(List<Cidr> cidrs) {
        List<Cidr> result = new ArrayList<>();
        for (Cidr next : cidrs.stream().map(Cidr::masked).sorted(BY_PLACE).toList()) {
            if (result.isEmpty() || !result.getLast().contains(next.address())) {
                result.add(next);
                joinHalves(result);
            }
        }
        return List.copyOf(result);
    }

    private static void joinHalves(List<Cidr> sorted) {
        while (sorted.size() > 1) {
            Cidr second = sorted.getLast();
            Cidr first = sorted.get(sorted.size() - 2);
            if (first.length() != second.length() || first.length() == 0 || first.family() != second.family()
                    || !first.address().masked(first.length() - 1).equals(second.address().masked(first.length() - 1))) {
                return;
            }
            sorted.removeLast();
            sorted.set(sorted.size() - 1, new Cidr(first.address(), first.length() - 1));
        }
    }
}
