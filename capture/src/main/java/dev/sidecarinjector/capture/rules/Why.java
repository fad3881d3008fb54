package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;

/**
 * The reason of a rule.
 *
 * @param sentence why it exists
 * @param settings that asked for it; empty where it is always there
 */
public record Why(String sentence, List<Setting> settings) {}
