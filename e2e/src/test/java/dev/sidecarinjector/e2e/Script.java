package dev.sidecarinjector.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one of the project's scripts and reports what it said when it fails. */
final class Script {
    private static final Path ROOT = Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

    private Script() {}

    /** The checkout. */
    static Path root() {
        return ROOT;
    }

    /** Standard output and error of a script, named by its path in the checkout. */
    static String run(Map<String, String> environment, String script, String... arguments) throws IOException, InterruptedException {
        return succeeded(script, attempt(environment, script, arguments));
    }

    /** An exit status, and standard output and error. */
    record Result(int status, String output) {}

    /** The same for a script that may fail. */
    static Result attempt(Map<String, String> environment, String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return result(builder);
    }

    /** Standard output and error of a program that must succeed. */
    static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        return succeeded(String.join(" ", builder.command()), result(builder));
    }

    private static Result result(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static String succeeded(String what, Result result) throws IOException {
        if (result.status() != 0) {
            throw new IOException(what + " ended with status " + result.status() + ": " + result.output());
        }
        return result.output();
    }
}
