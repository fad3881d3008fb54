package dev.sidecarinjector.iptablesinit.system;

import java.io.File;
import java.util.Map;

/** The folders in which programs are looked for. */
public record SearchPath(String folders) {
    /** The variable PATH, or what a system without it takes. */
    public static SearchPath of(Map<String, String> variables) {
        return new SearchPath(variables.getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    public boolean has(String program) {
        int start = 0;
        while (start <= folders.length()) {
            int colon = folders.indexOf(':', start);
            int end = colon < 0 ? folders.length() : colon;
            if (end > start && new File(folders.substring(start, end), program).canExecute()) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
