package dev.sidecarinjector.sidecarctl;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands and flags as picocli knows them: for help, for what is wrong with arguments, and for every spelling that it accepts. */
final class Usage {
    private Usage() {}

    static CommandLine commandLine() {
        CommandSpec program = CommandSpec.create().name("sidecarctl").mixinStandardHelpOptions(true).version("sidecarctl " + version());
        program.usageMessage().description("Works with injected sidecars from the command line.");
        program.addSubcommand(KubeInject.NAME, kubeInject());
        program.addSubcommand(Inspection.EXPLAIN, explain());
        program.addSubcommand(Inspection.DIFF, diff());
        program.addSubcommand(Inspection.UNINJECT, uninject());
        program.addSubcommand(Inspection.TEST, test());
        program.addSubcommand(Completion.NAME, completion());
        return new CommandLine(program).setOverwrittenOptionsAllowed(true);
    }

    private static String version() {
        String version = Usage.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    private static CommandSpec kubeInject() {
        CommandSpec command = CommandSpec.create().mixinStandardHelpOptions(true);
        command.usageMessage().sortOptions(false).description("Adds the sidecar to the pod templates of Kubernetes manifests.",
                "Reads YAML or JSON and prints YAML. Workloads are injected, every other document is printed as it was.",
                "The configuration comes from the files that are named, else from the cluster that the kubeconfig names, else it is what"
                        + " ships with this program.");
        for (Flag flag : Flag.values()) {
            command.addOption(option(flag));
        }
        command.addPositional(PositionalParamSpec.builder().paramLabel("FILE").arity("0..*").type(List.class).auxiliaryTypes(String.class)
                .description("More files, as -f takes them.").build());
        return command;
    }

    private static CommandSpec explain() {
        CommandSpec command = inspection(Inspection.EXPLAIN, "TYPE/NAME",
                "A pod or a workload in the cluster: pod/NAME, deployment/NAME, ...",
                "Says why a pod is injected or not: what the API server checks before it asks the injector, what the injector decides, the"
                        + " templates, every setting with its origin, and the smallest changes that would turn the verdict.",
                "The pod comes from a file or from the cluster. Of conditions in CEL what cannot surely be evaluated is unknown.");
        return statuses(command, "0", "it is explained, whatever the verdict", "1", "an input, a configuration or the cluster is at fault");
    }

    private static CommandSpec diff() {
        CommandSpec command = inspection(Inspection.DIFF, "FILE", "More files, as -f takes them.",
                "Shows what injection changes in manifests, with the quality of service and the Pod Security level before and after.");
        return statuses(command, "0", "injection changes nothing", "1", "injection changes something", "2",
                "trouble: an input, a configuration or the cluster is at fault");
    }

    private static CommandSpec uninject() {
        CommandSpec command = inspection(Inspection.UNINJECT, "FILE", "More files, as -f takes them.",
                "Takes the sidecar out of manifests again.",
                "Injecting the result gives the input, which is checked: a pod that was edited since its injection, or that was injected with another"
                        + " configuration, is refused with the place.");
        command.addOption(option(Flag.OUTPUT));
        return statuses(command, "0", "every pod is as its author wrote it", "1",
                "a pod is refused, or an input or a configuration is at fault");
    }

    private static CommandSpec test() {
        CommandSpec command = CommandSpec.create().mixinStandardHelpOptions(true);
        command.usageMessage().sortOptions(false).description(
                "Runs test cases for injection templates: YAML files with pods and with what must become of them.",
                "Says how many of the templates' branches the cases took. The format of cases: docs/testing-templates.md.");
        ownOptions(Inspection.TEST, command);
        command.addPositional(PositionalParamSpec.builder().paramLabel("DIR").arity("0..*").type(List.class).auxiliaryTypes(String.class)
                .description("A folder with cases, or one file.").build());
        return listing(command, exitCodes("0", "all cases pass, and enough branches were taken", "1",
                "a case fails, or too few branches were taken", "2",
                "trouble: an argument is wrong, a case cannot be read or run, or there is none"));
    }

    private static CommandSpec completion() {
        CommandSpec command = CommandSpec.create().mixinStandardHelpOptions(true);
        command.usageMessage().description("Prints the completion script of a shell.",
                "bash: source <(sidecarctl completion bash)",
                "zsh: source <(sidecarctl completion zsh), after compinit",
                "fish: sidecarctl completion fish | source");
        command.addPositional(PositionalParamSpec.builder().paramLabel("SHELL").arity("1").type(String.class)
                .completionCandidates(Completion.SHELLS).description(String.join(", ", Completion.SHELLS) + ".").build());
        return command;
    }

    private static CommandSpec inspection(String name, String parameter, String parameterHelp, String... description) {
        CommandSpec command = CommandSpec.create().mixinStandardHelpOptions(true);
        command.usageMessage().sortOptions(false).description(description);
        command.addOption(option(Flag.FILENAME));
        ownOptions(name, command);
        Inspection.SOURCES.forEach(flag -> command.addOption(option(flag)));
        command.addPositional(
                PositionalParamSpec.builder().paramLabel(parameter).arity("0..*").type(List.class).auxiliaryTypes(String.class)
                        .description(parameterHelp).build());
        return command;
    }

    private static void ownOptions(String name, CommandSpec command) {
        for (InspectionFlag flag : InspectionFlag.of(name)) {
            String fallback = flag.defaultValue() == null ? "" : " Default: " + flag.defaultValue() + ".";
            OptionSpec.Builder option = OptionSpec.builder(flag.names().toArray(String[]::new)).description(flag.help() + fallback);
            command.addOption(flag.parameter() == null
                    ? option.type(boolean.class).arity("0").build()
                    : option.paramLabel(flag.parameter()).type(String.class).arity("1").build());
        }
    }

    /** These and that of a wrong argument, which most commands share. */
    private static CommandSpec statuses(CommandSpec command, String... statuses) {
        Map<String, String> list = exitCodes(statuses);
        list.put("64", "an argument is wrong");
        return listing(command, list);
    }

    private static Map<String, String> exitCodes(String... statuses) {
        Map<String, String> list = new LinkedHashMap<>();
        for (int i = 0; i < statuses.length; i += 2) {
            list.put(" " + statuses[i], statuses[i + 1]);
        }
        return list;
    }

    private static CommandSpec listing(CommandSpec command, Map<String, String> list) {
        command.usageMessage().exitCodeListHeading("Exit status:%n").exitCodeList(list);
        return command;
    }

    private static OptionSpec option(Flag flag) {
        String[] names = flag.shortName() == null ? new String[]{flag.longName()} : new String[]{flag.shortName(), flag.longName()};
        String fallback = flag.defaultValue() == null ? "" : " Default: " + flag.defaultValue() + ".";
        OptionSpec.Builder option = OptionSpec.builder(names).description(flag.help() + fallback).hidden(flag.isHidden());
        if (flag == Flag.FILENAME) {
            return option.paramLabel(flag.parameter()).type(List.class).auxiliaryTypes(String.class).arity("1").build();
        }
        return flag.parameter() == null
                ? option.type(boolean.class).arity("0").build()
                : option.paramLabel(flag.parameter()).type(String.class).arity("1").build();
    }

    /** Reads arguments of any spelling, and runs what they ask for. */
    static ExitStatus run(String[] args, Console console, Environment environment) {
        if (args.length > 0 && args[0].equals(Suggestions.NAME)) {
            console.out().print(Suggestions.of(List.of(args).subList(1, args.length)));
            return ExitStatus.OK;
        }
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        ParseResult result;
        try {
            result = line.parseArgs(args);
        } catch (ParameterException e) {
            String command = e.getCommandLine().getCommandSpec().qualifiedName();
            boolean test = e.getCommandLine().getCommandSpec().name().equals(Inspection.TEST);
            throw new CommandFailure(test ? ExitStatus.TROUBLE : ExitStatus.USAGE, e.getMessage() + " (see " + command + " --help)");
        }
        if (CommandLine.executeHelpRequest(result) != null) {
            return ExitStatus.OK;
        }
        ParseResult command = result.subcommand();
        if (command == null) {
            throw new CommandFailure(ExitStatus.USAGE, "no command given (see sidecarctl --help)");
        }
        String name = command.commandSpec().name();
        return switch (name) {
            case Inspection.EXPLAIN -> new Explain(Inspection.of(name, command), console, environment).run();
            case Inspection.DIFF -> new Diff(Inspection.of(name, command), console, environment).run();
            case Inspection.UNINJECT -> new Uninject(Inspection.of(name, command), console, environment).run();
            case Inspection.TEST -> new TestCases(Inspection.of(name, command), console, environment).run();
            case Completion.NAME -> new Completion(command.matchedPositionalValue(0, ""), console).run();
            default -> new KubeInject(arguments(command), console, environment).run();
        };
    }

    /** The flags of kube-inject. */
    static Arguments arguments(ParseResult command) {
        Map<Flag, String> values = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (flag != Flag.FILENAME && command.hasMatchedOption(flag.longName())) {
                values.put(flag, flag.parameter() == null ? "" : command.matchedOptionValue(flag.longName(), ""));
            }
        }
        List<String> files = new ArrayList<>(command.matchedOptionValue(Flag.FILENAME.longName(), List.of()));
        files.addAll(command.matchedPositionalValue(0, List.of()));
        return new Arguments(values, files);
    }
}
