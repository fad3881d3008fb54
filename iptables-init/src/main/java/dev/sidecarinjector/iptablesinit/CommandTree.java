package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.iptablesinit.arguments.Arguments;
import dev.sidecarinjector.iptablesinit.arguments.FlagGrammar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The program's commands as picocli knows them, made of the tables {@link Subcommand} and {@link Setting}. Words are read in the grammar of the main command, so that
 * its command line can be given to each of the others as it stands.
 *
 * <p>Nothing on the way to applied rules comes here: loading picocli takes half as long as they do (ADR 8).
 */
final class CommandTree {
    /** Exit statuses of the main command. */
    static final List<String> STATUSES = List.of("0    the rules are as they are wanted",
            "1    a setting, the surroundings or the kernel is in the way",
            "126  the rules are there, but connections are not captured (--run-validation)", "255  the command line cannot be read");
    static final String SUMMARY = "Makes the kernel hand a pod's traffic to its sidecar. Running it again changes nothing; with other flags it changes"
            + " what differs, without a moment in which nothing is captured.";
    /** The flag that the commands have and the main one has not. */
    static final String OUTPUT = "output";

    private static final String PROGRAM = "iptables-init";
    private static final String ENVIRONMENT = "environment";
    private static final int WIDTH = 120;

    private final CommandLine line;
    private @Nullable Arguments arguments;

    private CommandTree() {
        CommandSpec root = described(CommandSpec.create().name(PROGRAM), SUMMARY, STATUSES);
        root.usageMessage().customSynopsis("  " + PROGRAM + " [" + IptablesInit.MAIN_COMMAND + "] [flags]",
                "  " + PROGRAM + " COMMAND [flags] [--output text|json]");
        flags(root);
        for (Subcommand each : Subcommand.values()) {
            CommandSpec command = described(CommandSpec.wrapWithoutInspection(each).name(each.word()), each.summary(), each.statuses());
            command.usageMessage().customSynopsis("  " + PROGRAM + " " + each.word() + " [flags] [--output text|json]")
                    .footer("%nExample:", "  " + each.example());
            command.addOption(OptionSpec.builder("--" + OUTPUT).paramLabel("VALUE").arity("1").type(String.class)
                    .description("What is printed: text, for people, or json. Default: text.").build());
            flags(command);
            command.preprocessor((words, _, _, _) -> {
                List<String> inOrder = new ArrayList<>(words);
                Collections.reverse(inOrder);
                words.clear();
                arguments = FlagGrammar.read(inOrder, Set.of(OUTPUT));
                return true;
            });
            root.addSubcommand(each.word(), command);
        }
        line = new CommandLine(root).setUsageHelpWidth(WIDTH).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        showEnvironment();
    }

    /**
     * A command and what it was given.
     *
     * @param command   named by the first word
     * @param arguments all other words
     */
    record Parsed(Subcommand command, Arguments arguments) {}

    /** Of words whose first is a command's name. */
    static Parsed parse(List<String> words) {
        CommandTree tree = new CommandTree();
        CommandSpec chosen = tree.line.parseArgs(words.toArray(String[]::new)).subcommand().commandSpec();
        return new Parsed((Subcommand) chosen.userObject(), Objects.requireNonNull(tree.arguments, "every command's words are read"));
    }

    /** What {@code --help} prints, of the main command for null. */
    static String help(@Nullable Subcommand command) {
        CommandLine line = new CommandTree().line;
        return line.getSubcommands().getOrDefault(command == null ? "" : command.word(), line).getUsageMessage();
    }

    private static CommandSpec described(CommandSpec command, String summary, List<String> statuses) {
        Map<String, String> exits = new LinkedHashMap<>();
        for (String status : statuses) {
            String[] parts = status.split(" +", 2);
            exits.put(parts[0], parts[1]);
        }
        command.usageMessage().synopsisHeading("Usage:%n").descriptionHeading("%n").description(summary).sortOptions(false)
                .optionListHeading("%nFlags:%n")
                .commandListHeading("%nCommands:%n").exitCodeListHeading("%nExit status:%n").exitCodeList(exits);
        return command;
    }

    private static void flags(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this and do nothing else.").build());
        for (Setting setting : Setting.values()) {
            if (setting.flag() != null) {
                String[] names = Stream.of("-" + setting.letter(), "--" + setting.flag()).skip(setting.letter() == 0 ? 1 : 0)
                        .toArray(String[]::new);
                command.addOption(
                        OptionSpec.builder(names).paramLabel("VALUE").arity(setting.kind().isSwitch() ? "0" : "1").type(String.class)
                                .description(explained(setting)).build());
            }
        }
    }

    private void showEnvironment() {
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING), ENVIRONMENT);
        line.setHelpSectionKeys(sections);
        Map<String, String> variables = new LinkedHashMap<>();
        Arrays.stream(Setting.values()).filter(setting -> setting.flag() == null)
                .forEach(setting -> variables.put(setting.variables().getFirst(), explained(setting)));
        for (CommandLine command : Stream.concat(Stream.of(line), line.getSubcommands().values().stream()).toList()) {
            command.getHelpSectionMap().put(ENVIRONMENT, help -> help.createHeading("%nEnvironment:%n") + help.createTextTable(variables));
        }
    }

    private static String explained(Setting setting) {
        StringBuilder text = new StringBuilder(setting.help());
        if (!setting.defaultText().isEmpty() && !setting.kind().isSwitch()) {
            text.append(" Default: ").append(setting.defaultText()).append('.');
        }
        if (setting.flag() != null && !setting.variables().isEmpty()) {
            text.append(" Environment: ").append(String.join(", ", setting.variables())).append('.');
        }
        return text.toString();
    }
}
