package dev.sidecarinjector.sidecarctl;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        ParseResult result;
        try {
            result = line.parseArgs(args);
        } catch (ParameterException e) {
            String command = e.getCommandLine().getCommandSpec().qualifiedName();
            throw new CommandFailure(ExitStatus.USAGE, e.getMessage() + " (see " + command + " --help)");
        }
        if (CommandLine.executeHelpRequest(result) != null) {
            return ExitStatus.OK;
        }
        Arguments arguments = arguments(result);
        if (arguments == null) {
            throw new CommandFailure(ExitStatus.USAGE, "no command given (see sidecarctl --help)");
        }
        return new KubeInject(arguments, console, environment).run();
    }

    /** The flags of kube-inject; null where another thing than kube-inject was asked for. */
    static @Nullable Arguments arguments(ParseResult result) {
        ParseResult command = result.subcommand();
        if (command == null) {
            return null;
        }
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
