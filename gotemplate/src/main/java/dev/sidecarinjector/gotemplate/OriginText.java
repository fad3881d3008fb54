package dev.sidecarinjector.gotemplate;

/**
 * A string whose characters the author of the input controls. The engine prints it like any string and reports the printed range as a
 * {@link Rendered.Span}. {@code encoded} says that a function made one self-contained token of it ({@code toJSON}, {@code quote}).
 */
public record OriginText(String text, Origin origin, boolean encoded) implements CharSequence {
    public OriginText(String text, Origin origin) {
        this(text, origin, false);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
