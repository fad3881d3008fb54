package dev.sidecarinjector.bench;

import dev.sidecarinjector.bench.ReviewConnection.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Load that does not wait for its answers: reviews are due at a fixed rate, and each one's time counts from when it was due, not from when a connection was
 * free for it. So a server that stalls is charged with all that would have come meanwhile.
 *
 * <pre>OpenLoop URL BODY_FILE SECONDS RATE CONNECTIONS PID     RATE 0: as fast as answers come, to find what is sustainable</pre>
 */
public final class OpenLoop {
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    /** At a fixed rate not counted in times, but in what is wrong or lost: thousands of connections are made anew at once, and the client's own code is not compiled yet. */
    private static final Duration LEAD_IN = Duration.ofSeconds(30);

    private final long leadIn;
    private final long seconds;
    private final double rate;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Latencies injected = new Latencies();
    private final Latencies refused = new Latencies();
    /** How late reviews were sent: of those that waited for a connection. */
    private final Latencies late = new Latencies();

    private OpenLoop(long seconds, double rate) {
        leadIn = rate == 0 ? 0 : LEAD_IN.toNanos();
        this.seconds = seconds;
        this.rate = rate;
    }

    /** Runs and prints one line of figures, or the rate alone where it was asked for. */
    public static void main(String[] arguments) throws Exception {
        OpenLoop loop = new OpenLoop(Long.parseLong(arguments[2]), Double.parseDouble(arguments[3]));
        loop.run(URI.create(arguments[0]), Files.readAllBytes(Path.of(arguments[1])), Integer.parseInt(arguments[4]), arguments[5]);
    }

    private void run(URI target, byte[] body, int connections, String pid) throws IOException, InterruptedException {
        List<ReviewConnection> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(new ReviewConnection(target, body));
        }
        CountDownLatch ends = new CountDownLatch(connections);
        long start = System.nanoTime();
        for (ReviewConnection one : open) {
            Thread.ofVirtual().start(() -> {
                work(one, target, body, start);
                ends.countDown();
            });
        }
        List<Long> resident = new ArrayList<>();
        while (!ends.await(SAMPLE.toMillis(), TimeUnit.MILLISECONDS)) {
            resident.add(resident(pid));
        }
        report((System.nanoTime() - start - leadIn) / 1e9, resident);
    }

    private void work(ReviewConnection first, URI target, byte[] body, long start) {
        ReviewConnection connection = first;
        while (true) {
            long due = rate == 0 ? System.nanoTime() : start + (long) (next.getAndIncrement() / rate * 1e9);
            if (due - start >= leadIn + Duration.ofSeconds(seconds).toNanos()) {
                break;
            }
            boolean counts = due - start >= leadIn;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (counts) {
                late.add(System.nanoTime() - due);
            }
            try {
                count(connection.post(), counts, due);
            } catch (IOException _) {
                // It may have stood idle for longer than the server keeps it: once more on a fresh one, as API servers do.
                close(connection);
                try {
                    connection = new ReviewConnection(target, body);
                    count(connection.post(), counts, due);
                } catch (IOException _) {
                    lost.incrementAndGet();
                }
            }
        }
        close(connection);
    }

    private void count(Outcome outcome, boolean counts, long due) {
        long nanos = System.nanoTime() - due;
        switch (outcome) {
            case INJECTED -> add(injected, counts, nanos);
            case REFUSED -> add(refused, counts, nanos);
            case WRONG -> wrong.incrementAndGet();
        }
    }

    private static void add(Latencies times, boolean counts, long nanos) {
        if (counts) {
            times.add(nanos);
        }
    }

    private static void close(ReviewConnection connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // It is of no use any more anyway.
        }
    }

    private void report(double took, List<Long> resident) {
        if (rate == 0) {
            System.out.printf(Locale.ROOT, "%.0f%n", injected.count() / took);
            return;
        }
        System.out.printf(Locale.ROOT, "due %.0f/s, answered %.0f/s, sent late (ms): p50 %.1f, p99 %.1f%n", rate,
                (injected.count() + refused.count()) / took, late.within(0.5), late.within(0.99));
        System.out.printf(Locale.ROOT, "%-9s %10s %9s %9s %9s %9s%n", "", "count", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        line("injected", injected);
        line("refused", refused);
        System.out.printf(Locale.ROOT, "wrong %d, lost %d%n", wrong.get(), lost.get());
        int third = resident.size() / 3;
        if (third > 0) {
            System.out.printf(Locale.ROOT, "resident memory, MiB: first third %.0f, second %.0f, last %.0f, highest %d%n",
                    average(resident.subList(0, third)), average(resident.subList(third, 2 * third)),
                    average(resident.subList(2 * third, resident.size())), resident.stream().max(Long::compare).orElse(0L));
        }
    }

    private static void line(String name, Latencies times) {
        System.out.printf(Locale.ROOT, "%-9s %10d %9.1f %9.1f %9.1f %9.1f%n", name, times.count(), times.within(0.5), times.within(0.99),
                times.within(0.999), times.within(1));
    }

    private static double average(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    /** MiB; 0 where the process cannot be looked at. */
    private static long resident(String pid) {
        try {
            return Files.readAllLines(Path.of("/proc", pid, "status")).stream().filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }
}
