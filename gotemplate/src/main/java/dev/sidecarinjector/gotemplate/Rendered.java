package dev.sidecarinjector.gotemplate;

import java.util.List;

/** The output of one rendering, and which ranges of it the author of the input controls, in order and without overlap. */
public record Rendered(String text, List<Span> spans) {
    /**
     * A range that came from an input value.
     *
     * @param start   index of the first char in the text
     * @param end     index after the last char; equal to start for an empty value, which is reported too
     * @param origin  whose value it is
     * @param encoded a function made one self-contained token of it
     * @param line    line of the action in the template, from 1
     */
    public record Span(int start, int end, Origin origin, boolean encoded, int line) {}
}
