package dev.sidecarinjector.gotemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's {@code map[string]string}: {@code index} of a missing key gives the empty string, where another map gives nil. */
public interface StringMap extends Map<String, @Nullable Object> {}
