package dev.sidecarinjector.sidecarctl;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sidecarctl completion}: a script that completes commands and flags in a shell. */
final class Completion {
    static final String NAME = "completion";
    static final List<String> SHELLS = List.of("bash", "zsh", "fish");
    private static final String PROGRAM = "sidecarctl";

    private final String shell;
    private final Console console;

    Completion(String shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    ExitStatus run() {
        CommandLine program = Usage.commandLine();
        console.out().print(switch (shell) {
            // Under zsh the same script turns on zsh's own emulation of bash.
            case "bash", "zsh" -> AutoComplete.bash(PROGRAM, program);
            case "fish" -> fish(program);
            default -> throw new CommandFailure(ExitStatus.USAGE,
                    "invalid value \"" + shell + "\" for SHELL: expected one of " + String.join(", ", SHELLS));
        });
        console.out().flush();
        return ExitStatus.OK;
    }

    private static String fish(CommandLine program) {
        StringBuilder script = new StringBuilder("# fish completion of sidecarctl\n");
        String none = "__fish_use_subcommand";
        program.getSubcommands()
                .forEach((name, command) -> script.append("complete -c sidecarctl -f -n ").append(none).append(" -a ").append(name)
                        .append(" -d ").append(quoted(sentence(command.getCommandSpec()))).append('\n'));
        program.getSubcommands().forEach((name, command) -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    script.append("complete -c sidecarctl -n '__fish_seen_subcommand_from ").append(name).append('\'');
                    for (String spelling : option.names()) {
                        script.append(spelling.startsWith("--") ? " -l " : " -s ").append(spelling.replaceFirst("^-+", ""));
                    }
                    script.append(option.arity().max() > 0 ? " -r" : "").append(" -d ").append(quoted(sentence(option))).append('\n');
                }
            }
        });
        return script.append("complete -c sidecarctl -f -n '__fish_seen_subcommand_from completion' -a '").append(String.join(" ", SHELLS))
                .append("'\n").toString();
    }

    private static String sentence(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : first(description[0]);
    }

    private static String sentence(OptionSpec option) {
        String[] description = option.description();
        return description.length == 0 ? "" : first(description[0]);
    }

    private static String first(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
