package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/**
 * One template of a set.
 *
 * @param slots   how many variables it needs room for
 * @param isEmpty it holds nothing but white space and definitions, so another one of the same name may replace it
 */
record Definition(Node body, int slots, boolean isEmpty) {
    void exec(Run run, int depth, @Nullable Object dot) {
        body.exec(new Frame(run, depth, slots, dot), dot);
    }
}
