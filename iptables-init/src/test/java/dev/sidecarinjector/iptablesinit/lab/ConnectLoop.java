package dev.sidecarinjector.iptablesinit.lab;

import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that connects in a loop while the rules change. */
public final class ConnectLoop implements AutoCloseable {
    private static final Pattern COUNT = Pattern.compile("\"([^\"]+)\": (\\d+)[,}]");

    private final Path script;
    private final Process process;
    private final BufferedReader answers;

    /**
     * What became of the connections.
     *
     * @param counts        how many reached whom, or failed how
     * @param slowestMillis the slowest connect
     */
    public record Summary(Map<String, Integer> counts, double slowestMillis) {}

    private ConnectLoop(Lab lab, Place place, int uid, String host, int port) throws IOException {
        script = Files.createTempFile("loop", ".py");
        try (InputStream source = ConnectLoop.class.getResourceAsStream("loop.py")) {
            Files.write(script, source.readAllBytes());
        }
        process = new ProcessBuilder("ip", "netns", "exec", lab.namespace(place), "/usr/bin/python3", script.toString(),
                Integer.toString(uid), host, Integer.toString(port)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        if (!"begun".equals(answers.readLine())) {
            throw new IllegalStateException("the loop did not begin");
        }
    }

    public static ConnectLoop start(Lab lab, Place place, int uid, String host, int port) {
        try {
            return new ConnectLoop(lab, place, uid, host, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the loop. */
    public Summary stop() {
        try {
            process.getOutputStream().close();
            String line = String.valueOf(answers.readLine());
            Map<String, Integer> counts = new TreeMap<>();
            for (Matcher matcher = COUNT.matcher(line); matcher.find();) {
                counts.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
            }
            return new Summary(counts, Double.parseDouble(line.replaceFirst(".*\"slowestMillis\": ([0-9.]+).*", "$1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
