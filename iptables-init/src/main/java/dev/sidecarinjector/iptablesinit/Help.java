package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.settings.Setting;

/** The help of the main command, made of the table of settings. */
final class Help {
    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                Set up iptables rules for Istio Sidecar

                Usage:
                  istio-iptables [flags]

                Flags:
                  -h, --help
                        Print this and change nothing.
                """);
        for (Setting setting : Setting.values()) {
            if (setting.flag() != null) {
                text.append(setting.letter() == 0 ? "      --" : "  -" + setting.letter() + ", --").append(setting.flag());
                text.append(setting.kind().isSwitch() ? "\n" : " VALUE\n");
                explain(text, setting);
            }
        }
        text.append("\nEnvironment:\n");
        for (Setting setting : Setting.values()) {
            if (setting.flag() == null) {
                text.append("  ").append(setting.variables().getFirst()).append('\n');
                explain(text, setting);
            }
        }
        return text.toString();
    }

    private static void explain(StringBuilder text, Setting setting) {
        text.append("        ").append(setting.help());
        if (!setting.defaultText().isEmpty() && !setting.kind().isSwitch()) {
            text.append(" Default: ").append(setting.defaultText()).append('.');
        }
        if (setting.flag() != null && !setting.variables().isEmpty()) {
            text.append(" Environment: ").append(String.join(", ", setting.variables())).append('.');
        }
        text.append('\n');
    }
}
