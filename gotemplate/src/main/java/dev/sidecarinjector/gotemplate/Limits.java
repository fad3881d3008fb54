package dev.sidecarinjector.gotemplate;

/**
 * What one rendering may cost; passing a bound is a {@link TemplateException}.
 *
 * @param outputChars length of the output, in chars
 * @param depth       nesting of template calls
 * @param iterations  passes through all range loops together
 */
public record Limits(int outputChars, int depth, int iterations) {
    public static final Limits DEFAULT = new Limits(8 << 20, 500, 1_000_000);
}
