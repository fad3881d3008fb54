package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injector;

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
        return new Rewriting(inspection.allFiles(), inspection.arguments(), console, environment)
                .run(sources -> new LateInjection(() -> uninjection(sources), false));
    }

    private static PodInjection uninjection(ConfigurationSources sources) {
        Injector injector = sources.injector();
        return new LocalUninjection(injector, sources.nodes(injector.configuration().features()), sources.proxyConfigs(injector));
    }
}
