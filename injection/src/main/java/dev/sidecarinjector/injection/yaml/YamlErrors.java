package dev.sidecarinjector.injection.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Puts a parser's complaints into one sentence with line and column. */
final class YamlErrors {
    private YamlErrors() {}

    static YamlException at(String message, Mark mark) {
        return new YamlException(message, mark.getLine() + 1, mark.getColumn() + 1);
    }

    static YamlException of(YamlEngineException error, String text) {
        return switch (error) {
            case MarkedYamlEngineException marked when marked.getProblemMark().isPresent() -> marked(marked);
            case ReaderException reader -> reader(reader, text);
            default -> new YamlException(String.valueOf(error.getMessage()), 1, 1);
        };
    }

    private static YamlException marked(MarkedYamlEngineException error) {
        StringBuilder message = new StringBuilder(String.valueOf(error.getProblem()).strip());
        if (error.getContext() != null) {
            message.append(' ').append(error.getContext().strip());
            error.getContextMark().ifPresent(mark -> message.append(" that starts in line ").append(mark.getLine() + 1));
        }
        return at(message.toString(), error.getProblemMark().orElseThrow());
    }

    private static YamlException reader(ReaderException error, String text) {
        int end = Math.min(text.length(), text.offsetByCodePoints(0, Math.min(error.getPosition(), text.codePointCount(0, text.length()))));
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String character = "U+" + Integer.toHexString(0x10000 + error.getCodePoint()).substring(1).toUpperCase(java.util.Locale.ROOT);
        return new YamlException("expected a printable character, found " + character + "; write it as an escape in double quotes", line,
                end - lineStart + 1);
    }
}
