package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Warning;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings warnings into the bounds of an AdmissionResponse: the API server cuts a warning after 256 characters, drops what exceeds 4,096 in all,
 * and sends each as an HTTP header (Kubernetes API reference, AdmissionResponse.warnings).
 */
final class WarningLines {
    static final int LONGEST = 256;
    static final int TOGETHER = 4096;

    private WarningLines() {}

    static List<String> of(List<Warning> warnings) {
        if (warnings.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(warnings.size());
        int together = 0;
        for (int i = 0; i < warnings.size(); i++) {
            String line = header(warnings.get(i).line());
            String more = (warnings.size() - i) + " more warnings are not shown; sidecarctl explain shows all";
            if (together + line.length() > TOGETHER - more.length()) {
                lines.add(more);
                break;
            }
            lines.add(line);
            together += line.length();
        }
        return lines;
    }

    /** One line without control characters, and not longer than is shown. */
    private static String header(String text) {
        int kept = text.length() <= LONGEST ? text.length() : LONGEST - 1;
        if (kept < text.length() && Character.isHighSurrogate(text.charAt(kept - 1))) {
            kept--;
        }
        StringBuilder line = new StringBuilder(kept + 1);
        for (int i = 0; i < kept; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return kept < text.length() ? line.append('…').toString() : line.toString();
    }
}
