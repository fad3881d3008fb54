package dev.sidecarinjector.conformance;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of the documentation about one program, made of its own description of its options. */
final class ReferencePage {
    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    static String of(CommandLine program) {
        ReferencePage reference = new ReferencePage();
        reference.page
                .append("<!-- Made of the program's own options. Renew it with: ./mvnw -pl conformance -am test -Dtest=ReferencePagesTest")
                .append(" -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true -->\n\n");
        program.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        reference.command(program, "#");
        return reference.page.toString();
    }

    private void command(CommandLine command, String heading) {
        CommandSpec spec = command.getCommandSpec();
        page.append(heading).append(" ").append(spec.qualifiedName()).append("\n\n");
        page.append(text(spec.usageMessage().description())).append("\n\n");
        page.append("```\n").append(synopsis(command)).append("\n```\n\n");
        if (spec.options().stream().anyMatch(option -> !option.hidden())) {
            page.append("| option | default | meaning |\n|---|---|---|\n");
            spec.options().stream().filter(option -> !option.hidden()).forEach(this::option);
            page.append('\n');
        }
        Map<String, String> statuses = spec.usageMessage().exitCodeList();
        if (!statuses.isEmpty()) {
            page.append("| exit status | meaning |\n|---|---|\n");
            statuses.forEach(
                    (status, meaning) -> page.append("| ").append(status.strip()).append(" | ").append(cell(meaning)).append(" |\n"));
            page.append('\n');
        }
        command.getSubcommands().values().stream().distinct().filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .forEach(sub -> command(sub, heading + "#"));
    }

    private static String synopsis(CommandLine command) {
        return command.getHelp().synopsis(0).strip();
    }

    private void option(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        page.append("| `").append(String.join("`, `", option.names())).append(label).append("` | ");
        String value = option.defaultValueString(true);
        boolean none = value == null || value.isEmpty() || value.equals("null") || value.equals("[]") || option.arity().max() == 0;
        page.append(none ? "" : "`" + value + "`");
        page.append(" | ").append(cell(text(option.description()))).append(" |\n");
    }

    private static String text(String[] lines) {
        return String.join("\n", lines).replace("%n", "\n").replace("%%", "%").strip();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s*\\R\\s*", " ");
    }
}
