package dev.sidecarinjector.gotemplate;

/** A template that cannot be parsed or rendered: where, in which expression, and why. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String template;
    private final int line;
    private final int column;
    private final String expression;
    private final String reason;

    /**
     * @param template   name of the template
     * @param line       from 1
     * @param column     from 1, in chars
     * @param expression the source text of the innermost expression, may be empty
     * @param reason     what is wrong
     */
    public TemplateException(String template, int line, int column, String expression, String reason) {
        super("template: " + template + ":" + line + ":" + column + ": "
                + (expression.isEmpty() ? "" : "at <" + expression + ">: ") + reason, null, false, false);
        this.template = template;
        this.line = line;
        this.column = column;
        this.expression = expression;
        this.reason = reason;
    }

    public String template() {
        return template;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String expression() {
        return expression;
    }

    public String reason() {
        return reason;
    }
}
