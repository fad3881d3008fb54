package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.annotation.Setting.Kind;

/** The reference page of all settings, made of their table. */
final class SettingsPage {
    static final String COMMAND = "mvn -pl injection -am test -Dtest=SettingsTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true";

    private final StringBuilder page = new StringBuilder();

    private SettingsPage() {}

    static String text() {
        SettingsPage reference = new SettingsPage();
        reference.page.append("<!-- Made of the table of settings. Renew it with: ").append(COMMAND).append(" -->\n\n# Settings\n\n")
                .append("What pods, and the environment of the programs, can say. *Read by* names the shipped sidecar template, the engine around"
                        + " the templates, others (the proxy, the control plane), or nobody in this release.\n\n");
        reference.section("Annotations of pods", Kind.ANNOTATION, """
                A value that breaks its rule refuses the pod, unless the table speaks of a warning; the message names the annotation and the
                reason. An unknown name under the
                mesh's prefixes, and a setting that another one robs of its effect, gives a warning.
                """);
        reference.section("Labels of pods", Kind.LABEL, "");
        reference.section("Environment variables", Kind.ENVIRONMENT, "");
        return reference.page.toString().stripTrailing() + "\n";
    }

    private void section(String title, Kind kind, String text) {
        page.append("## ").append(title).append("\n\n").append(text).append(text.isEmpty() ? "" : "\n");
        boolean variables = kind == Kind.ENVIRONMENT;
        page.append(variables
                ? "| name | default | meaning |\n|---|---|---|\n"
                : "| name | default | value | read by | meaning |\n|---|---|---|---|---|\n");
        for (Setting setting : Settings.table()) {
            if (setting.kind() == kind) {
                page.append("| `").append(setting.name()).append("` | ").append(setting.fallback()).append(" | ");
                if (!variables) {
                    page.append(setting.rule().sentence()).append(" | ").append(setting.reader().word()).append(" | ");
                }
                page.append(setting.help()).append(" |\n");
            }
        }
        page.append('\n');
    }
}
