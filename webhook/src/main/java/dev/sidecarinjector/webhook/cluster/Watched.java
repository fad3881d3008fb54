package dev.sidecarinjector.webhook.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One kind of resources, watched for as long as the program runs: of each only what is needed is kept. An API server that fails, refuses or
 * forgets changes nothing of what was seen; it is asked again, at growing intervals of at most 16 s.
 *
 * @param <T> the resource
 * @param <V> what is kept of it; with {@code equals}, so that news without news end here
 */
public final class Watched<T extends HasMetadata, V> implements AutoCloseable {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    /** Characters of a message; some hold a whole object. */
    private static final int LONGEST = 200;

    private final Subject subject;
    private final Function<T, @Nullable V> keep;
    private final Consumer<Map<String, V>> use;
    private final ClusterCondition condition;
    private final SharedIndexInformer<T> informer;
    private final Map<String, V> kept = new HashMap<>();
    private boolean listed;
    private volatile boolean closed;

    /**
     * What is watched, in words.
     *
     * @param name       for messages: {@code nodes}
     * @param permission what is needed to see it: {@code list and watch nodes}
     * @param without    what it means not to see it, as a clause
     * @param optional   whether the kind may be unknown to the API server, which then counts as none at all
     */
    public record Subject(String name, String permission, String without, boolean optional) {}

    private Watched(Subject subject, Informable<T> resources, Supplier<T> empty, Function<T, @Nullable V> keep,
            Consumer<Map<String, V>> use, ClusterCondition condition) {
        this.subject = subject;
        this.keep = keep;
        this.use = use;
        this.condition = condition;
        this.informer = resources.runnableInformer(0)
                .itemStore(new Bones<>(empty))
                .removeNamespaceIndex()
                .exceptionHandler(new Failures())
                .addEventHandler(new News());
    }

    /**
     * Begins to watch; returns at once.
     *
     * @param empty makes a resource with nothing in it
     * @param keep  what to keep of a resource, or null where it is unusable: then what was kept of it before stays
     * @param use   takes everything that is kept, by namespace and name: when all was listed, and with each change afterwards; not to be modified
     */
    public static <T extends HasMetadata, V> Watched<T, V> start(Subject subject, Informable<T> resources, Supplier<T> empty,
            Function<T, @Nullable V> keep, Consumer<Map<String, V>> use, ClusterCondition condition) {
        condition.awaited(subject.name());
        Watched<T, V> watched = new Watched<>(subject, resources, empty, keep, use, condition);
        // Failures go to the handler; the future tells nothing more.
        var _ = watched.informer.start();
        return watched;
    }

    @Override
    public void close() {
        closed = true;
        informer.close();
    }

    private synchronized void put(T resource) {
        V value = keep.apply(resource);
        if (value != null && !value.equals(kept.put(key(resource), value))) {
            publish();
        }
    }

    private synchronized void remove(T resource) {
        if (kept.remove(key(resource)) != null) {
            publish();
        }
    }

    private synchronized void listed() {
        boolean first = !listed;
        listed = true;
        if (first) {
            publish();
        }
        condition.clear(subject.name());
    }

    private void publish() {
        if (listed) {
            use.accept(Map.copyOf(kept));
        }
    }

    private static String key(HasMetadata resource) {
        return Cache.metaNamespaceKeyFunc(resource);
    }

    private void failed(Throwable problem) {
        if (closed) {
            return;
        }
        Throwable root = problem;
        while (root.getCause() != null && !(root instanceof KubernetesClientException refusal && refusal.getCode() > 0)) {
            root = root.getCause();
        }
        int code = root instanceof KubernetesClientException refusal ? refusal.getCode() : 0;
        if (code == FORBIDDEN) {
            condition.denied(subject.name(),
                    "the API server forbids it; allow the service account to " + subject.permission() + ", else " + subject.without());
        } else if (code == NOT_FOUND && subject.optional()) {
            listed();
        } else if (code > 0) {
            condition.failed(subject.name(), "the API server answers " + code);
        } else {
            String message = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
            condition.failed(subject.name(), (root instanceof IOException ? "the API server cannot be reached (" : "the watch fails (")
                    + message.substring(0, Math.min(message.length(), LONGEST)) + ")");
        }
    }

    /** Called by the informer in order, one at a time. */
    private final class News implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T resource) {
            put(resource);
        }

        @Override
        public void onUpdate(T before, T resource) {
            put(resource);
        }

        @Override
        public void onDelete(T resource, boolean unknownState) {
            remove(resource);
        }

        @Override
        public void onList(String resourceVersion, boolean unchanged) {
            listed();
        }
    }

    private final class Failures implements ExceptionHandler {
        @Override
        public boolean retryAfterException(boolean isStarted, Throwable problem) {
            failed(problem);
            return !closed;
        }
    }

    /** The informer's own memory: it compares versions and finds what is gone, and needs no more for that. */
    private static final class Bones<T extends HasMetadata> extends BasicItemStore<T> {
        private final Supplier<T> empty;

        Bones(Supplier<T> empty) {
            super(Cache::metaNamespaceKeyFunc);
            this.empty = empty;
        }

        /** So that what is new is handed on as it came instead of being looked up here. */
        @Override
        public boolean isFullState() {
            return false;
        }

        @Override
        public T put(String key, T resource) {
            ObjectMeta metadata = resource.getMetadata();
            T bone = empty.get();
            bone.setMetadata(new ObjectMetaBuilder().withNamespace(metadata.getNamespace()).withName(metadata.getName())
                    .withResourceVersion(metadata.getResourceVersion()).build());
            return super.put(key, bone);
        }
    }
}
