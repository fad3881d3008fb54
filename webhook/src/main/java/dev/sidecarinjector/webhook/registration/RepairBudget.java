package dev.sidecarinjector.webhook.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often one object is put back. An edit is undone at once; somebody who edits again and again is another controller, and is answered ever more rarely.
 */
final class RepairBudget {
    /** Repairs of one object at full speed within {@link #WINDOW}. */
    static final int AT_ONCE = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<String, Deque<Instant>> repairs = new HashMap<>();

    /** How long to wait before the next repair; zero for none. */
    Duration delay(String object, Instant now) {
        Deque<Instant> recent = recent(object, now);
        int over = recent.size() - AT_ONCE;
        if (over < 0) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(over, 10));
        Instant next = recent.getLast().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** @return whether this is the one by which repairs become a fight */
    boolean spend(String object, Instant now) {
        Deque<Instant> recent = recent(object, now);
        recent.addLast(now);
        return recent.size() == AT_ONCE + 1;
    }

    private Deque<Instant> recent(String object, Instant now) {
        Deque<Instant> recent = repairs.computeIfAbsent(object, _ -> new ArrayDeque<>());
        while (!recent.isEmpty() && (recent.getFirst().isBefore(now.minus(WINDOW)) || recent.getFirst().isAfter(now))) {
            recent.removeFirst();
        }
        return recent;
    }
}
