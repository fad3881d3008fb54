package dev.sidecarinjector.injection;

/**
 * One rule of the decision as it was applied.
 *
 * @param rule     the rule's stable name: {@code hostNetwork}
 * @param observed what was seen, in words or as {@code name=value}
 * @param verdict  what the rule says
 * @param origin   where the observed value comes from: {@code pod label}, {@code injector config}
 */
public record Step(String rule, String observed, Verdict verdict, String origin) {}
