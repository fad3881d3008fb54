package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.gotemplate.Coverage;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Owner;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Values;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.injection.registration.Admission;
import dev.sidecarinjector.injection.registration.EntryTrace;
import dev.sidecarinjector.injection.registration.Registration;
import dev.sidecarinjector.injection.registration.StandardRegistration;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import dev.sidecarinjector.sidecarctl.PodInjection;
import dev.sidecarinjector.sidecarctl.Workload;
import dev.sidecarinjector.sidecarctl.WorkloadKind;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Injects the pods of cases, each with the configuration of its case, and counts the branches of all templates. */
public final class CaseInjection {
    /** Stands for the reasons of the engine where the API server would not even ask it. */
    static final String NOT_ASKED = "not_asked";
    private static final JsonSchema VALUES = JsonSchema.parse(ShippedTemplates.valuesSchema());

    private final Coverage coverage = new Coverage();
    private final Map<Given.Settings, Injector> engines = new HashMap<>();

    public Coverage coverage() {
        return coverage;
    }

    /** Runs a case and judges it. A pod that is refused against expectation fails the case whatever else it expects. */
    public CaseResult run(Case one) {
        long start = System.nanoTime();
        List<Failure> failures = new ArrayList<>();
        String problem = null;
        try {
            Outcome outcome = outcome(one.given());
            boolean refusalExpected = one.expectations().stream().anyMatch(Expectations.ErrorSays.class::isInstance);
            if (outcome.error() != null && !refusalExpected) {
                failures.add(Failure.of("error", "none", Expectations.became(outcome)));
            } else {
                one.expectations().stream().map(expectation -> expectation.check(outcome)).filter(Objects::nonNull).forEach(failures::add);
            }
        } catch (ConfigurationException | CommandFailure e) {
            problem = one.place() + ": " + e.getMessage();
        }
        return new CaseResult(one, failures, problem, System.nanoTime() - start);
    }

    private Injector engine(Given.Settings settings) {
        return engines.computeIfAbsent(settings, _ -> new Injector(
                // Without kept shapes every text is parsed in full: slower, and nothing of one case is left for the next.
                Configuration.load(settings.config(), Values.parse(settings.values(), VALUES), settings.mesh(), settings.features(),
                        coverage),
                0));
    }

    private Outcome outcome(Given given) {
        Injector engine = engine(given.settings());
        WorkloadKind kind = Objects.requireNonNull(WorkloadKind.of(given.object().path("kind").asString("")));
        return given.commandLine() ? manifest(given, kind, engine) : admitted(given, kind, engine);
    }

    /** The pod that a controller makes of the object, in the webhook. */
    private static Outcome admitted(Given given, WorkloadKind kind, Injector engine) {
        Workload workload = new Workload(kind, given.object().deepCopy());
        ObjectNode pod = workload.podOfCluster();
        if (given.namespaceLabels() != null && Registration.asks(entries(given, pod, engine.configuration())) != Truth.YES) {
            return new Outcome(given.object(), null, NOT_ASKED, List.of("no entry of the registration selects the pod"), null, List.of());
        }
        Owner owner = workload.owner();
        Injection injection = engine.inject(pod, new InjectionContext(given.view(), given.namespace(), owner, given.proxyEnv(),
                given.nodes(), given.namespaceAnnotations(), given.proxyConfigs()));
        return outcome(given, injection, injection.pod());
    }

    private static List<EntryTrace> entries(Given given, ObjectNode pod, Configuration configuration) {
        boolean byDefault = configuration.values().flag(false, "sidecarInjectorWebhook", "enableNamespacesByDefault");
        Registration registration = StandardRegistration.of(configuration.features().revision(), byDefault);
        return registration.trace(new Admission(pod, given.namespace(), given.namespaceLabels(), true));
    }

    /** The manifest as kube-inject prints it. */
    private static Outcome manifest(Given given, WorkloadKind kind, Injector engine) {
        ObjectNode object = given.object().deepCopy();
        List<Injection> seen = new ArrayList<>(1);
        List<String> messages = new ArrayList<>();
        PodInjection here = new PodInjection() {
            @Override
            public PodInjection.Outcome inject(ObjectNode pod, @Nullable Owner owner) {
                String namespace = pod.path("metadata").path("namespace").asString("");
                Injection injection = engine.inject(pod, new InjectionContext(given.view(), namespace, owner, given.proxyEnv(),
                        given.nodes(), null, given.proxyConfigs()));
                seen.add(injection);
                return injection.error() != null ? new PodInjection.Outcome(null, null, List.of()) : PodInjection.outcome(injection);
            }
        };
        new Workload(kind, object).inject(here, messages);
        if (seen.isEmpty()) {
            // A CronJob whose pod template opts out is left before the engine sees it.
            return new Outcome(given.object(), null, Reason.SWITCH_OFF.label(), List.of(), null, messages);
        }
        PodShape.printable(object);
        return outcome(given, seen.getFirst(), seen.getFirst().pod() == null ? null : object);
    }

    private static Outcome outcome(Given given, Injection injection, @Nullable ObjectNode result) {
        List<String> trace = new ArrayList<>();
        for (Step step : injection.decision().steps()) {
            trace.add(step.rule() + ": " + step.observed() + " (" + step.verdict().name().toLowerCase(Locale.ROOT) + ")");
        }
        return new Outcome(given.object(), result, injection.decision().reason().label(), trace, injection.error(),
                injection.warnings().stream().map(Warning::line).toList());
    }
}
