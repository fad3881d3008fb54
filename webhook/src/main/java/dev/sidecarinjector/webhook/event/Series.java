package dev.sidecarinjector.webhook.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The same report about the same object, once or many times: one Event. For one thread. */
final class Series {
    private final Key key;
    private final ObjectReference about;
    private final Instant first;
    private Instant last;
    private int count;
    private @Nullable String name;

    /** What makes two reports the same. */
    record Key(Subject subject, Events.Type type, String reason, String note) {}

    /** The object of a report, by what is known of it at least. */
    record Subject(String kind, String namespace, String name, String uid) {
        static Subject of(ObjectReference about) {
            return new Subject(text(about.getKind()), text(about.getNamespace()), text(about.getName()), text(about.getUid()));
        }

        private static String text(@Nullable String value) {
            return Objects.requireNonNullElse(value, "");
        }
    }

    Series(Key key, ObjectReference about, Instant now) {
        this.key = key;
        this.about = about;
        this.first = now;
        this.last = now;
        this.count = 1;
    }

    void again(Instant now) {
        last = now;
        count++;
    }

    /** From now on it is known to the API server under this name. */
    void written(String as) {
        name = as;
    }

    Key key() {
        return key;
    }

    ObjectReference about() {
        return about;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    int count() {
        return count;
    }

    /** The Event's name in the cluster, or null while it is not written. */
    @Nullable
    String name() {
        return name;
    }
}
