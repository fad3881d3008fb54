package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.annotation.Setting;

/**
 * A setting as it holds for one pod.
 *
 * @param value  as text; empty where nothing sets it
 * @param origin where the value comes from: {@code annotation}, {@code label}, {@code values global.proxy.logLevel}, {@code mesh …},
 *               {@code default}
 */
public record SettingInUse(Setting setting, String value, String origin) {
    /** Whether somebody chose the value: the pod's author. */
    public boolean isOfPod() {
        return origin.equals("annotation") || origin.equals("label");
    }
}
