package dev.sidecarinjector.webhook.event;

import dev.sidecarinjector.webhook.event.Series.Subject;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reports become Events, which are counted into one that there is, and when: a noisy object gets few, all together get some, and
 * what is remembered is bounded. For one thread.
 */
final class Ledger {
    /** Equal reports further apart than this are two Events. */
    static final Duration WINDOW = Duration.ofMinutes(10);
    /** New Events and updates for one object: a handful at once, then one each half minute. */
    static final int OBJECT_BURST = 10;
    static final Duration OBJECT_INTERVAL = Duration.ofSeconds(30);
    /** Writes in all: enough for a roll-out of many workloads, little for an API server. */
    static final int BURST = 50;
    static final Duration INTERVAL = Duration.ofMillis(100);
    /** Series and objects that are remembered. */
    static final int REMEMBERED = 4096;

    private final Map<Series.Key, Series> series = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Subject, TokenBucket> objects = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Series> due = new LinkedHashSet<>();
    private final TokenBucket all;

    Ledger(Instant now) {
        all = new TokenBucket(BURST, INTERVAL, now);
    }

    /**
     * Takes a report.
     *
     * @return false where it is dropped: its object has had its share of Events, or too much is waiting
     */
    boolean add(ObjectReference about, Series.Key key, Instant now) {
        Series known = series.get(key);
        if (known != null && Duration.between(known.last(), now).compareTo(WINDOW) <= 0) {
            known.again(now);
            due.add(known);
            return true;
        }
        if (due.size() >= REMEMBERED || !objects.computeIfAbsent(key.subject(), _ -> bucket(now)).take(now)) {
            return false;
        }
        Series fresh = new Series(key, about, now);
        if (known != null) {
            due.remove(known);
        }
        series.put(key, fresh);
        due.add(fresh);
        forgetEldest(objects);
        forgetEldest(series);
        return true;
    }

    /** The next series to be written, or null where there is none or it is not yet its time. */
    @Nullable
    Series next(Instant now) {
        if (all.isEmpty(now)) {
            return null;
        }
        for (Iterator<Series> each = due.iterator(); each.hasNext();) {
            Series candidate = each.next();
            // A new one has paid when it came.
            if (candidate.name() == null || objects.computeIfAbsent(candidate.key().subject(), _ -> bucket(now)).take(now)) {
                all.take(now);
                each.remove();
                return candidate;
            }
        }
        return null;
    }

    /** Whether something waits for its time. */
    boolean isWaiting() {
        return !due.isEmpty();
    }

    private static TokenBucket bucket(Instant now) {
        return new TokenBucket(OBJECT_BURST, OBJECT_INTERVAL, now);
    }

    private static void forgetEldest(Map<?, ?> map) {
        if (map.size() > REMEMBERED) {
            Iterator<?> eldest = map.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
