package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injector;
import java.util.List;

/** {@code sidecarctl uninject}: manifests with sidecars go in, the same manifests as their authors wrote them come out. */
final class Uninject {
    private final Inspection inspection;
    private final Console console;
    private final Environment environment;

    Uninject(Inspection inspection, Console console, Environment environment) {
        this.inspection = inspection;
        this.console = console;
        this.environment = environment;
    }

    ExitStatus run() {
        List<Input> inputs = Input.all(inspection.allFiles(), console.in(), environment);
        Messages messages = new Messages(console.err(), environment.terminal());
        try (ConfigurationSources sources = new ConfigurationSources(inspection.arguments(), environment, messages)) {
            Manifests manifests = new Manifests(new LateInjection(() -> uninjection(sources), false));
            try (Output out = Output.open(inspection.arguments().given(Flag.OUTPUT), console.out(), environment)) {
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

    private static PodInjection uninjection(ConfigurationSources sources) {
        Injector injector = sources.injector();
        return new LocalUninjection(injector, sources.nodes(injector.configuration().features()));
    }
}
