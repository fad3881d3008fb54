package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;

/** A setting with its value and where that comes from, for people. */
public final class SettingText {
    /** Longer values are cut: a list may have thousands of items. */
    private static final int LONGEST = 60;

    private SettingText() {}

    /** For example {@code -o, --istio-local-outbound-ports-exclude=5432 [flag]}. */
    public static String of(CaptureSettings settings, Setting setting) {
        return setting.label() + "=" + value(settings, setting) + " [" + settings.origin(setting).text() + "]";
    }

    /** An object with the members {@code setting, value, origin}. */
    public static String json(CaptureSettings settings, Setting setting) {
        return "{\"setting\": " + Json.quoted(setting.label()) + ", \"value\": " + Json.quoted(value(settings, setting)) + ", \"origin\": "
                + Json.quoted(settings.origin(setting).text()) + "}";
    }

    private static String value(CaptureSettings settings, Setting setting) {
        String value = settings.text(setting);
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
