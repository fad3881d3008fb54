package dev.sidecarinjector.capture.settings;

import java.util.ArrayList;
import java.util.List;

/** Lists of groups that iptables can load: one rule takes only so many conditions. */
public final class OwnerGroups {
    /** Up to here a list is loaded as it is. */
    private static final int SHORT = 40;
    /** What one rule of iptables takes; of native nftables a set, which has no limit. */
    static final int MOST_IN_IPTABLES = 49;

    private OwnerGroups() {}

    /** A short list as it is; in a long one neighbouring numbers become ranges, sorted, names last. */
    public static List<String> loadable(List<String> groups) {
        if (groups.size() <= SHORT) {
            return groups;
        }
        List<String> result = new ArrayList<>();
        List<String> names = groups.stream().filter(group -> !group.matches("\\d{1,10}")).distinct().toList();
        long first = -2;
        long last = -2;
        for (long number : groups.stream().filter(group -> group.matches("\\d{1,10}")).mapToLong(Long::parseLong).sorted().distinct()
                .toArray()) {
            if (number != last + 1) {
                addRange(result, first, last);
                first = number;
            }
            last = number;
        }
        addRange(result, first, last);
        result.addAll(names);
        return List.copyOf(result);
    }

    private static void addRange(List<String> result, long first, long last) {
        if (first >= 0) {
            result.add(first == last ? Long.toString(first) : first + "-" + last);
        }
    }
}
