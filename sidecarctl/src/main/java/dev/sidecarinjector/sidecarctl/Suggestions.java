package dev.sidecarinjector.sidecarctl;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What may follow on a command line, in the form that kubectl asks of a plugin's completion. */
final class Suggestions {
    /** The command under which shells and kubectl ask; people never see it. */
    static final String NAME = "__complete";
    private static final String NO_FILES = ":4";
    private static final String FILES = ":0";

    private Suggestions() {}

    /** @param words behind the program's name; the last one is being written and may be empty */
    static String of(List<String> words) {
        CommandLine program = Usage.commandLine();
        String last = words.isEmpty() ? "" : words.getLast();
        List<String> all = new ArrayList<>();
        CommandLine command = words.size() < 2 ? null : program.getSubcommands().get(words.getFirst());
        if (command == null) {
            all.addAll(program.getSubcommands().keySet());
        } else if (last.startsWith("-")) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    all.addAll(List.of(option.names()));
                }
            }
        } else if (words.getFirst().equals(Completion.NAME)) {
            all.addAll(Completion.SHELLS);
        }
        boolean files = command != null && all.isEmpty();
        all.removeIf(word -> !word.startsWith(last));
        all.add(files ? FILES : NO_FILES);
        return String.join("\n", all) + "\n";
    }
}
