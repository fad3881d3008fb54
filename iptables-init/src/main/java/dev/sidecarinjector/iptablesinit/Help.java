package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;

/** What {@code --help} prints, made of the tables of settings and of commands. */
final class Help {
    /** Exit statuses of the main command. */
    static final List<String> STATUSES = List.of("0    the rules are as they are wanted",
            "1    a setting, the surroundings or the kernel is in the way",
            "126  the rules are there, but connections are not captured (--run-validation)", "255  the command line cannot be read");
    static final String SUMMARY = "Makes the kernel hand a pod's traffic to its sidecar. Running it again changes nothing; with other flags it changes"
            + " what differs, without a moment in which nothing is captured.";

    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder(SUMMARY).append("\n\nUsage:\n  iptables-init [istio-iptables] [flags]\n");
        text.append("  iptables-init COMMAND [flags] [--output text|json]\n\nCommands:\n");
        for (Subcommand command : Subcommand.values()) {
            text.append("  ").append(command.word()).append("\n        ").append(command.summary()).append('\n');
        }
        statuses(STATUSES, text);
        flags(text);
        return text.toString();
    }

    static String of(Subcommand command) {
        StringBuilder text = new StringBuilder(command.summary()).append("\n\nUsage:\n  iptables-init ").append(command.word());
        text.append(" [flags] [--output text|json]\n\nExample:\n  ").append(command.example()).append('\n');
        statuses(command.statuses(), text);
        text.append("\nIts own flag:\n      --output VALUE\n        What is printed: text, for people, or json. Default: text.\n");
        flags(text);
        return text.toString();
    }

    private static void statuses(List<String> statuses, StringBuilder text) {
        text.append("\nExit status:\n");
        statuses.forEach(status -> text.append("  ").append(status).append('\n'));
    }

    private static void flags(StringBuilder text) {
        text.append("\nFlags:\n  -h, --help\n        Print this and do nothing else.\n");
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
