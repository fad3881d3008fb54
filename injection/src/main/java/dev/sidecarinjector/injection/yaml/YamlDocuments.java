package dev.sidecarinjector.injection.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into documents, one at a time (spec 17.3): at lines that begin with {@code ---}. Such a line with nothing before it belongs to
 * the document that follows. Holds no more than the largest document.
 */
public final class YamlDocuments {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    private boolean ended;
    private int line = 1;

    public YamlDocuments(InputStream in) {
        this.in = in;
    }

    /**
     * The next document, or null at the end.
     *
     * @throws YamlException where something else than blanks and a comment stands behind {@code ---}; the stream cannot be read on then
     */
    public @Nullable YamlDocument next() throws IOException {
        compact();
        int firstLine = line;
        int at = start;
        while (true) {
            int lineEnd = lineEnd(at);
            boolean separator = lineEnd - at >= 3 && buffer[at] == '-' && buffer[at + 1] == '-' && buffer[at + 2] == '-';
            if (separator) {
                checkSeparator(at, lineEnd);
            }
            if (lineEnd == at || (separator && at > start)) {
                YamlDocument document = at == start ? null : new YamlDocument(Arrays.copyOfRange(buffer, start, at), firstLine);
                start = lineEnd;
                line += separator ? 1 : 0;
                return document;
            }
            line++;
            at = lineEnd;
        }
    }

    /** The index behind a line's break, or the end of the stream. */
    private int lineEnd(int at) throws IOException {
        int scanned = at;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    return i + 1;
                }
            }
            scanned = end;
            if (!fill()) {
                return end;
            }
        }
    }

    private void compact() {
        if (start > buffer.length / 2) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(read, 0);
        return !ended;
    }

    private void checkSeparator(int from, int to) {
        String rest = new String(buffer, from + 3, to - from - 3, StandardCharsets.UTF_8).strip();
        if (!rest.isEmpty() && rest.charAt(0) != '#') {
            throw new YamlException("invalid Yaml document separator: " + rest + "; expected only a comment behind ---", line, 4);
        }
    }
}
