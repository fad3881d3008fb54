package dev.sidecarinjector.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.Executable;

/** One line per case and path in {@code target/conformance.txt}, and a summary. */
final class ConformanceReport implements BeforeAllCallback {
    private static final Path FILE = Path.of("target", "conformance.txt");
    private static final Map<String, String> LINES = new ConcurrentSkipListMap<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(ConformanceReport.class, _ -> new Writer(),
                Writer.class);
    }

    /** A test whose outcome stands in the report. */
    static DynamicTest test(String id, String path, Executable check) {
        return DynamicTest.dynamicTest(id + " by " + path, () -> {
            try {
                check.execute();
                LINES.put(path + "\t" + id, "pass");
            } catch (Throwable e) {
                LINES.put(path + "\t" + id, "fail\t" + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
                throw e;
            }
        });
    }

    /** Writes the file when all tests are through. */
    private static final class Writer implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Map<String, int[]> counts = new TreeMap<>();
            StringBuilder text = new StringBuilder();
            LINES.forEach((key, outcome) -> {
                String[] parts = key.split("\t", 2);
                text.append(parts[1]).append('\t').append(parts[0]).append('\t').append(outcome).append('\n');
                counts.computeIfAbsent(parts[0], _ -> new int[2])[outcome.equals("pass") ? 0 : 1]++;
            });
            text.append('\n');
            counts.forEach(
                    (path, count) -> text.append(path).append(": ").append(count[0]).append(" pass, ").append(count[1]).append(" fail\n"));
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        }
    }
}
