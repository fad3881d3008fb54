package dev.sidecarinjector.conformance;

import dev.sidecarinjector.capture.text.RestoreText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The peer's commands, one process each, to add, check and undo rules (spec sections 3.2 to 3.4). The product has better ways; other tests compare with them. */
final class CommandForms {
    private CommandForms() {}

    /** Operations {@code [append|insert, family, chain, table, position, [words]]} of one family. */
    static List<RestoreText.Line> lines(JsonNode operations, String family) {
        return operations.valueStream().filter(operation -> operation.path(1).asString().equals(family))
                .map(operation -> new RestoreText.Line(operation.path(3).asString(), operation.path(2).asString(),
                        operation.path(4).asInt(0), operation.path(5).valueStream().map(JsonNode::asString).toList()))
                .toList();
    }

    /** Operations {@code [append|insert, chain, table, position, words]}. */
    static List<RestoreText.Line> lines(JsonNode operations) {
        return operations.valueStream().map(operation -> new RestoreText.Line(operation.path(2).asString(), operation.path(1).asString(),
                operation.path(3).asInt(0), Arrays.asList(operation.path(4).asString().split(" ")))).toList();
    }

    static String commands(List<RestoreText.Line> lines) {
        Set<String> commands = new LinkedHashSet<>();
        lines.stream().filter(line -> !isBuiltIn(line.chain())).forEach(line -> commands.add("-t " + line.table() + " -N " + line.chain()));
        List<String> all = new ArrayList<>(commands);
        lines.forEach(line -> all.add("-t " + line.table() + (line.insertAt() == 0
                ? " -A " + line.chain()
                : " -I " + line.chain() + " " + line.insertAt()) + " " + String.join(" ", line.words())));
        return all.stream().map(command -> command + "\n").collect(Collectors.joining());
    }

    static List<String> checks(List<RestoreText.Line> lines) {
        return lines.stream().map(line -> command(line, "-C")).toList();
    }

    static List<String> undo(List<RestoreText.Line> lines) {
        List<String> commands = new ArrayList<>();
        lines.reversed().stream().filter(line -> !line.chain().startsWith("ISTIO_") || line.words().getLast().startsWith("ISTIO_"))
                .forEach(line -> commands.add(command(line, "-D")));
        List<String> chains = lines.stream().filter(line -> !isBuiltIn(line.chain()))
                .map(line -> "-t " + line.table() + " -F " + line.chain()).distinct().toList();
        chains.reversed().forEach(flush -> commands.addAll(List.of(flush, flush.replace(" -F ", " -X "))));
        return commands;
    }

    private static String command(RestoreText.Line line, String option) {
        return "-t " + line.table() + " " + option + " " + line.chain() + " " + String.join(" ", line.words());
    }

    private static boolean isBuiltIn(String chain) {
        return Set.of("INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING").contains(chain);
    }
}
