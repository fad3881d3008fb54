package dev.sidecarinjector.gotemplate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a table that Go made: rows of fields between tabs, with escapes. */
final class GoTable {
    private GoTable() {}

    static List<String[]> rows(String name) {
        try (InputStream in = GoTable.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field as it was: {@code \xNN} is a byte, which is kept as {@link Utf8} keeps it when it is not ASCII. */
    static String unescape(String field) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            switch (field.charAt(++i)) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'x' -> {
                    int value = Integer.parseInt(field.substring(i + 1, i + 3), 16);
                    out.append((char) (value < 0x80 ? value : 0xDC00 + value));
                    i += 2;
                }
                default -> out.append(field.charAt(i));
            }
        }
        return out.toString();
    }
}
