package dev.sidecarinjector.sidecarctl;

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
        return new Rewriting(arguments.files(), arguments, console, environment).run(ConfigurationSources::injection);
    }
}
