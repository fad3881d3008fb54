package dev.sidecarinjector.sidecarctl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sidecarctl kube-inject}: manifests go in, the same manifests with sidecars come out (spec section 17). */
@Command(name = "kube-inject", mixinStandardHelpOptions = true, description = {
        "Adds the sidecar to the pod templates of Kubernetes manifests.",
        "Reads YAML or JSON and prints YAML. Workloads are injected, every other document is printed as it was.",
        "What is configured comes from the files that are named, else from the cluster that the kubeconfig names, else from the"
                + " templates and values that ship with this program."}, sortOptions = false)
final class KubeInjectCommand implements Callable<Integer> {
    @Option(names = {"-f", "--filename"}, paramLabel = "FILE", description = {
            "A file, a folder (its .yaml, .yml and .json files, sorted by name), or - for standard input.",
            "May be repeated; a file that is named twice is read once."})
    List<String> filenames = new ArrayList<>();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "More files, as -f takes them.")
    List<String> moreFilenames = new ArrayList<>();

    @Option(names = {"-o",
            "--output"}, paramLabel = "FILE", description = "Where to write; standard output if not given. A file is written whole or not at all.")
    @Nullable
    String output;

    @Mixin
    ConfigurationFlags configuration = new ConfigurationFlags();

    @Mixin
    ClusterFlags cluster = new ClusterFlags();

    private final Console console;
    private final Environment environment;

    KubeInjectCommand(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        List<String> names = new ArrayList<>(filenames);
        names.addAll(moreFilenames);
        List<Input> inputs = Input.all(names, console.in(), environment);
        List<String> notices = new ArrayList<>();
        try (ConfigurationSources sources = new ConfigurationSources(configuration, cluster, environment, notices)) {
            Messages messages = new Messages(console.err(), environment.terminal());
            Manifests manifests = new Manifests(sources.injection());
            notices.forEach(messages::warning);
            try (Output out = Output.open(output, console.out(), environment)) {
                for (Input input : inputs) {
                    new Conversion(input, manifests, out, messages).run();
                }
                messages.done();
                out.commit();
            }
        }
        return ExitStatus.OK.code();
    }
}
