package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.MeshConfig;
import dev.sidecarinjector.webhook.config.Reading.Complete;
import dev.sidecarinjector.webhook.config.Reading.Culprit;
import dev.sidecarinjector.webhook.config.Reading.Incomplete;
import dev.sidecarinjector.webhook.config.Reading.Unknown;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps the configuration in use what its source says, as long as that can be used: a set is read as a whole, checked as a whole, and handed
 * on as a whole. One that cannot be used changes nothing.
 */
public final class LiveConfiguration implements AutoCloseable {
    /** Milliseconds without news after which a set counts as complete, and after which it is read although news keep coming. */
    private static final long QUIET = 100;
    private static final long LONGEST = 2_000;

    private final ConfigurationSource source;
    private final Features features;
    private final Consumer<Configuration> use;
    private final LoadReport report;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch first = new CountDownLatch(1);
    private @Nullable ConfigurationTexts active;
    private @Nullable Reading rejected;
    private volatile JsonNode description = JsonNodeFactory.instance.objectNode();
    private @Nullable Thread thread;

    /**
     * Nothing is read yet.
     *
     * @param use takes each configuration that is good, on a thread of this object; when it throws, the configuration counts as unusable
     */
    public LiveConfiguration(ConfigurationSource source, Features features, Consumer<Configuration> use, LoadReport report) {
        this.source = source;
        this.features = features;
        this.use = use;
        this.report = report;
    }

    /**
     * Reads the first configuration now, for a start that cannot go on without; it is not handed on.
     *
     * @throws ConfigurationException where there is none that can be used
     */
    public Configuration first() {
        ConfigurationTexts texts = source.complete();
        Configuration configuration = source.parse(texts, features);
        accept(texts, configuration);
        return configuration;
    }

    /** Begins to follow the source; returns at once. */
    public void start() {
        // A thread of the system, not a virtual one: parsing templates takes a while, and admissions need the carriers.
        thread = Thread.ofPlatform().daemon().name("configuration").start(this::run);
        source.watch(news::release);
    }

    /** Waits for the first good configuration, at most so long; false where there was none. */
    public boolean awaitFirst(Duration longest) throws InterruptedException {
        return first.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is in use, for a person; empty before the first. */
    public JsonNode description() {
        return description;
    }

    @Override
    public void close() {
        source.close();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                // Before the first one the source may learn why there is none without having any news.
                if (first.getCount() == 0) {
                    news.acquire();
                } else {
                    var _ = news.tryAcquire(1, TimeUnit.SECONDS);
                }
                settle();
                load();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void settle() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST);
        do {
            news.drainPermits();
        } while (System.nanoTime() < end && news.tryAcquire(QUIET, TimeUnit.MILLISECONDS));
    }

    /** Reads once, and does what follows from it. Equal to what is in use, or to what was rejected last: nothing is parsed, nothing is said. */
    synchronized void load() {
        Reading reading = withoutForgettingTheMesh(source.read());
        if (reading.equals(rejected)) {
            return;
        }
        switch (reading) {
            case Unknown(String why) -> {
                if (active == null) {
                    report.waiting(source.place(), why);
                }
            }
            case Incomplete(Culprit culprit, String problem) -> reject(reading, culprit, problem);
            case Complete(ConfigurationTexts texts) -> {
                if (!texts.equals(active)) {
                    replace(reading, texts);
                } else if (rejected != null) {
                    rejected = null;
                    report.upToDate();
                }
            }
        }
    }

    /** A mesh that was there does not become the built-in defaults because somebody deleted it. */
    private Reading withoutForgettingTheMesh(Reading reading) {
        boolean gone = reading instanceof Complete(ConfigurationTexts texts) && texts.mesh() == null && active != null
                && active.mesh() != null;
        return gone
                ? new Incomplete(Culprit.MESH, "the mesh settings in " + source.place()
                        + " are gone; put them back (an empty text means the defaults)")
                : reading;
    }

    private void replace(Reading reading, ConfigurationTexts texts) {
        Configuration configuration;
        try {
            configuration = texts.parse(features);
            use.accept(configuration);
        } catch (ConfigurationException e) {
            reject(reading, isGood(texts.meshOrDefaults()) ? Culprit.INJECTOR : Culprit.MESH, String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException | StackOverflowError e) {
            reject(reading, Culprit.INJECTOR, "fault of the injector: " + e);
            return;
        }
        accept(texts, configuration);
    }

    private synchronized void accept(ConfigurationTexts texts, Configuration configuration) {
        active = texts;
        rejected = null;
        report.accepted(source.place(), configuration);
        description = texts.describe(configuration, source.place(), report.loaded());
        first.countDown();
    }

    private void reject(Reading reading, Culprit culprit, String problem) {
        rejected = reading;
        report.rejected(problem, source.about(culprit));
    }

    private static boolean isGood(String mesh) {
        try {
            MeshConfig.parse(mesh);
            return true;
        } catch (ConfigurationException _) {
            return false;
        }
    }
}
