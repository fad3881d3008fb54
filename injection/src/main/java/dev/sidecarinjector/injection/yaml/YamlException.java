package dev.sidecarinjector.injection.yaml;

/** A text that is no YAML: where, and what was expected. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    /**
     * @param line   from 1
     * @param column from 1
     */
    public YamlException(String message, int line, int column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
