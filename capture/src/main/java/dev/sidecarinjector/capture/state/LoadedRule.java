package dev.sidecarinjector.capture.state;

import org.jspecify.annotations.Nullable;

/**
 * A rule that is in the kernel.
 *
 * @param text   as it was listed, without the chain
 * @param form   the one form that rules are compared in
 * @param target a verdict or a chain; null for a rule that only counts
 */
public record LoadedRule(String text, String form, @Nullable String target) {}
