package dev.sidecarinjector.iptablesinit.system;

import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads small files whole; by streams, since the newer way loads three times as much code. */
public final class TextFiles {
    private TextFiles() {}

    public static TextFile read(String path) {
        try (InputStream file = new FileInputStream(path)) {
            return new TextFile.Content(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new TextFile.Unreadable(reason(path, e));
        }
    }

    /** The content, or an empty text. */
    public static String readOrEmpty(String path) {
        return read(path) instanceof TextFile.Content content ? content.text() : "";
    }

    /** The system's own words: the message of the exception is {@code path (Reason)}. */
    private static String reason(String path, IOException failure) {
        String message = String.valueOf(failure.getMessage());
        String start = path + " (";
        return message.startsWith(start) && message.endsWith(")")
                ? message.substring(start.length(), message.length() - 1).toLowerCase(Locale.ROOT)
                : message;
    }
}
