package dev.sidecarinjector.iptablesinit.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a program to its end. */
public final class Child {
    /** What a pipe of Linux holds: so much is written at once, whether somebody reads or not. */
    private static final int PIPE = 65_536;

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
        if (bytes.length <= PIPE) {
            feed(process, bytes);
        } else {
            // A program that prints much before it has read all would wait for us, and we for it.
            Thread feeder = new Thread(() -> feed(process, bytes), "input of " + command.getFirst());
            feeder.setDaemon(true);
            feeder.start();
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Of errors there are a few lines, which the pipe holds until the output has ended.
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), out, err);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException _) {
            // The program ended early; why, it says in its own words.
        }
    }
}
