package dev.sidecarinjector.e2e.path;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that send one request after the other, each on its own connection, and open another one where the server asked for that, as connection pools do. Every
 * request takes the application some time, so that some are always under way.
 */
final class Load implements AutoCloseable {
    private final List<CompletableFuture<Boolean>> clients;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean opening = true;
    private volatile boolean sending = true;

    private Load(Namespace from, String host, int port, int count) {
        clients = IntStream.range(0, count).mapToObj(number -> from.begin(number, () -> {
            do {
                send(host, port, number);
            } while (opening && sending);
            return true;
        })).toList();
    }

    static Load on(Namespace from, String host, int port, int clients) {
        return new Load(from, host, port, clients);
    }

    /** Until the server asks for another connection. */
    private void send(String host, int port, int number) {
        String path = "/slow-" + number;
        try (Http connection = Http.open(host, port)) {
            while (sending) {
                Http.Answer answer = connection.send("GET", path);
                if (answer.status() != 200) {
                    failures.add(path + ": " + answer);
                }
                answers.incrementAndGet();
                if (answer.isLast()) {
                    closed.incrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            failures.add(path + ": " + e);
            sending = false;
        }
    }

    void awaitAnswers(int count) {
        int before = answers.get();
        Wait.until(count + " answers", () -> answers.get() >= before + count);
    }

    /** From now on only connections that are open are used. */
    void openNoMore() {
        opening = false;
    }

    /** Waits until every client was asked to go elsewhere. */
    void awaitEnd() {
        CompletableFuture.allOf(clients.toArray(CompletableFuture<?>[]::new)).join();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many connections the server has asked to be the last one's. */
    int closedByServer() {
        return closed.get();
    }

    @Override
    public void close() {
        sending = false;
    }
}
