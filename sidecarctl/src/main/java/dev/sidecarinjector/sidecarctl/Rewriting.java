package dev.sidecarinjector.sidecarctl;

import java.util.List;
import java.util.function.Function;

/**
 * Manifests in, the same manifests with other pods out, one document after the other; a file is written whole or not at all.
 *
 * @param files     named on the command line
 * @param arguments say where the configuration comes from and where the output goes
 */
record Rewriting(List<String> files, Arguments arguments, Console console, Environment environment) {
    /** @param pods makes what is done with each pod, out of the configuration */
    ExitStatus run(Function<ConfigurationSources, PodInjection> pods) {
        List<Input> inputs = Input.all(files, console.in(), environment);
        Messages messages = new Messages(console.err(), environment.terminal());
        try (ConfigurationSources sources = new ConfigurationSources(arguments, environment, messages)) {
            Manifests manifests = new Manifests(pods.apply(sources));
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
