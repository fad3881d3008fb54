package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/**
 * An explicit nil met while ranging. Go keeps it apart from a missing value until it has gone through a pipeline: looking for a field in it
 * is an error, looking for a field in something missing is not.
 */
enum NilElement {
    VALUE;

    static Object wrap(@Nullable Object element) {
        return element == null ? VALUE : element;
    }

    static @Nullable Object unwrap(@Nullable Object value) {
        return value == VALUE ? null : value;
    }
}
