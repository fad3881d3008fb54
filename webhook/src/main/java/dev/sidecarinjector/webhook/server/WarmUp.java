package dev.sidecarinjector.webhook.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends own sample reviews through the real port until answers come quickly, so that the first pod of a cluster doesn't pay for loading the program. It
 * does not wait for the compilers: they need tens of thousands of requests, and until then an answer takes milliseconds, which nobody notices.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final List<String> SAMPLES = List.of("plain.json", "probes.json", "annotated.json");
    /** Requests without a slow one among them after which the server counts as warm, and how many there are at least: some of each sample. */
    private static final int STEADY = 12;
    private static final int AT_LEAST = 30;
    private static final Duration SLOW = Duration.ofMillis(20);

    private WarmUp() {}

    /**
     * Returns when the server is warm or the time is over.
     *
     * @param headers that let the requests pass, see {@link LoopbackClient}
     */
    static void run(URI target, SSLContext trust, String headers, Duration longest) {
        if (longest.isZero()) {
            return;
        }
        long start = System.nanoTime();
        List<byte[]> samples = samples();
        try (LoopbackClient client = new LoopbackClient(target, trust, headers)) {
            int steady = 0;
            for (int i = 0; System.nanoTime() - start < longest.toNanos() && (i < AT_LEAST || steady < STEADY); i++) {
                long sent = System.nanoTime();
                client.post(samples.get(i % samples.size()));
                steady = System.nanoTime() - sent < SLOW.toNanos() ? steady + 1 : 0;
            }
        } catch (IOException e) {
            LOG.warn("The warm-up was cut short: {}; the first reviews will take longer", e.toString());
        }
    }

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (String name : SAMPLES) {
            try (InputStream in = WarmUp.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the program is incomplete: its resource " + name + " is missing");
                }
                samples.add(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return samples;
    }
}
