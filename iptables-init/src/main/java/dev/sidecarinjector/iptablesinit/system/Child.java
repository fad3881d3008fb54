package dev.sidecarinjector.iptablesinit.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a program to its end. */
public final class Child {
    /** Bytes that a pipe holds, whether somebody reads or not, and to which an answer is as short: an eighth of what Linux gives a pipe. */
    private static final int FEW = 8_192;

    private Child() {}

    /**
     * How a program ended.
     *
     * @param status exit status; 128 and the signal where one killed it
     */
    public record Result(int status, String out, String err) {
        public boolean isGood() {
            return status == 0;
        }
    }

    /** Does what the JDK does once before the first child is started: it sets up what takes care of processes that end. */
    public static void prepare() {
        ProcessHandle.current();
    }

    /** Does what the JDK does once when the first child has been started: it looks for a log. */
    public static void prepareLogger() {
        System.getLogger("java.lang.ProcessBuilder");
    }

    /**
     * Starts a program, gives it its input and reads all that it prints.
     *
     * @param variables set for the program in addition to this process's
     * @throws IOException where the program cannot be started
     */
    public static Result run(List<String> command, Map<String, String> variables, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!variables.isEmpty()) {
            builder.environment().putAll(variables);
        }
        Process process = builder.start();
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        FutureTask<String> err = new FutureTask<>(() -> text(process.getErrorStream()));
        if (bytes.length <= FEW) {
            feed(process, bytes);
        } else {
            // A program that prints much before it has read all would wait for us, and we for it; each line of a long text can give a warning.
            start("input of " + command.getFirst(), () -> feed(process, bytes));
            start("errors of " + command.getFirst(), err);
        }
        String out = text(process.getInputStream());
        // Where it was not begun: a short text gives few errors, which the pipe holds until the output has ended.
        err.run();
        try {
            return new Result(process.waitFor(), out, err.get());
        } catch (ExecutionException e) {
            throw new IOException("cannot read the errors of " + command.getFirst(), e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException _) {
            // The program ended early; why, it says in its own words.
        }
    }
}
