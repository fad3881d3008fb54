package dev.sidecarinjector.injection.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** One document of a stream: its bytes as they stood there and the line that it starts in. */
public final class YamlDocument {
    private final byte[] bytes;
    private final int firstLine;

    YamlDocument(byte[] bytes, int firstLine) {
        this.bytes = bytes;
        this.firstLine = firstLine;
    }

    /** As read, with the line breaks and the byte order mark of the author; not to be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** Counted from 1. */
    public int firstLine() {
        return firstLine;
    }

    /**
     * The tree; a document with nothing but comments is a NullNode.
     *
     * @throws YamlException with the line in the whole stream
     */
    public JsonNode read() {
        try {
            return YamlReader.read(text());
        } catch (YamlException e) {
            throw new YamlException(String.valueOf(e.getMessage()), e.line() + firstLine - 1, e.column());
        }
    }

    private String text() {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            requireUtf8();
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private void requireUtf8() {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(in);
        } catch (CharacterCodingException e) {
            int line = 1;
            int lineStart = 0;
            for (int i = 0; i < in.position(); i++) {
                if (bytes[i] == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            throw new YamlException("expected UTF-8, found the byte 0x" + Integer.toHexString(bytes[in.position()] & 0xff), line,
                    in.position() - lineStart + 1);
        }
    }
}
