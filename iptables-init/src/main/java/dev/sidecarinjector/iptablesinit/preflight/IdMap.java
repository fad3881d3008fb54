package dev.sidecarinjector.iptablesinit.preflight;

import java.util.ArrayList;
import java.util.List;

/** The users, or groups, that exist in a user namespace (user_namespaces(7)); the kernel refuses rules about others. */
record IdMap(List<Range> ranges) {
    record Range(long first, long count) {}

    /** Lines of {@code 0 100000 65536}: first number inside, first number outside, how many. */
    static IdMap parse(String map) {
        List<Range> ranges = new ArrayList<>();
        for (String line : map.lines().toList()) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length == 3) {
                ranges.add(new Range(Long.parseLong(fields[0]), Long.parseLong(fields[2])));
            }
        }
        return new IdMap(ranges);
    }

    boolean covers(long id) {
        return ranges.stream().anyMatch(range -> id >= range.first() && id < range.first() + range.count());
    }
}
