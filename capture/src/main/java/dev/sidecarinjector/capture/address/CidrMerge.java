package dev.sidecarinjector.capture.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes a list of prefixes as short as it can be while it still holds exactly the same addresses. */
public final class CidrMerge {
    // Not made of Comparator's parts: linking those takes longer than sorting a short list.
    private static final Comparator<Cidr> BY_PLACE = new Comparator<>() {
        @Override
        public int compare(Cidr a, Cidr b) {
            int byAddress = a.address().compareTo(b.address());
            return byAddress != 0 ? byAddress : Integer.compare(a.length(), b.length());
        }
    };

    private CidrMerge() {}

    /**
     * Drops prefixes that lie in others and joins halves to their whole.
     *
     * @param cidrs of one family or of both
     * @return masked, sorted, none overlapping another
     */
    public static List<Cidr> merged(List<Cidr> cidrs) {
        List<Cidr> result = new ArrayList<>();
        Cidr[] sorted = new Cidr[cidrs.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = cidrs.get(i).masked();
        }
        Arrays.sort(sorted, BY_PLACE);
        for (Cidr next : sorted) {
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
            if (first.length() != second.length() || first.length() == 0 || !first.address().agrees(second.address(), first.length() - 1)) {
                return;
            }
            sorted.removeLast();
            sorted.set(sorted.size() - 1, new Cidr(first.address(), first.length() - 1));
        }
    }
}
