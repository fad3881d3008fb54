package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/**
 * A function that a template can call. A Go value is one of: {@code null} (nil), {@link Boolean}, {@link Long} (any Go integer type but the
 * {@code int} of {@code len}, which is {@link Integer}), {@link Double}, {@link String} or {@link OriginText} (string), {@link java.util.List}
 * (slice), {@link java.util.Map} (map; a {@link StringMap} is a {@code map[string]string}), {@link GoStruct} or a Java record (struct).
 */
@FunctionalInterface
public interface Function {
    /**
     * Computes the result.
     *
     * @throws FunctionFailure where Go's function would return an error or its arguments have the wrong type
     */
    @Nullable
    Object call(Call call);
}
