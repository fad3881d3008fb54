package dev.sidecarinjector.gotemplate.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of these tests. */
final class TestFiles {
    private TestFiles() {}

    static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TestFiles.class.getResourceAsStream("/differential/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
