package dev.sidecarinjector.sidecarctl;

import java.util.List;

/** {@code sidecarctl kube-inject}: manifests go in, the same manifests with sidecars come out (spec section 17). */
final class KubeInject {
    static final String NAME = "kube-inject";

    private final Arguments arguments;
    private final Console console;
    private final Environment environment;

    KubeInject(Arguments arguments, Console console, Environment environment) {
        this.arguments = arguments;
        this.console = console;
        this.environment = environment;
    }

    ExitStatus run() {
        List<Input> inputs = Input.all(arguments.files(), console.in(), environment);
        Messages messages = new Messages(console.err(), environment.terminal());
        try (ConfigurationSources sources = new ConfigurationSources(arguments, environment, messages)) {
            Manifests manifests = new Manifests(sources.injection());
            try (Output out = Output.open(arguments.given(Flag.OUTPUT), console.out(), environment)) {
                for (Input input : inputs) {
                    new Conversion(input, manifests, out, messages).run();
                }
                out.commit();
            }
        } finally {
            messages.done();
        }
        return ExitStatus.OK;
    }
}
