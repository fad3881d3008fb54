package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Owner;
import dev.sidecarinjector.injection.config.EffectiveProxyConfig;
import dev.sidecarinjector.injection.explanation.Explainer;
import dev.sidecarinjector.injection.explanation.Explanation;
import dev.sidecarinjector.injection.registration.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code sidecarctl explain}: why pods are injected or not. */
final class Explain {
    private final Inspection inspection;
    private final Console console;
    private final Environment environment;

    Explain(Inspection inspection, Console console, Environment environment) {
        this.inspection = inspection;
        this.console = console;
        this.environment = environment;
    }

    ExitStatus run() {
        boolean json = inspection.choice(InspectionFlag.EXPLAIN_FORMAT, "text", "json").equals("json");
        if (inspection.files().isEmpty() && inspection.named().isEmpty()) {
            throw new CommandFailure(ExitStatus.USAGE,
                    "nothing to explain: name a file with -f, or TYPE/NAME (see sidecarctl explain --help)");
        }
        List<Input> inputs = inspection.files().isEmpty() ? List.of() : Input.all(inspection.files(), console.in(), environment);
        Messages messages = new Messages(console.err(), false);
        List<ExplanationReport> reports = new ArrayList<>();
        try (ConfigurationSources sources = new ConfigurationSources(inspection.arguments(), environment, messages)) {
            List<ManifestObjects.Found> objects = new ArrayList<>(ManifestObjects.of(inputs));
            boolean live = !inspection.named().isEmpty();
            for (String named : inspection.named()) {
                objects.add(live(named, sources));
            }
            Surroundings surroundings = new Surroundings(inspection, environment, sources, objects);
            Work work = null;
            for (ManifestObjects.Found found : objects) {
                WorkloadKind kind = WorkloadKind.of(found.object().path("kind").asString(""));
                if (kind != null) {
                    work = work == null ? work(sources, surroundings) : work;
                    reports.add(report(found, kind, work, surroundings, live));
                }
            }
        } finally {
            messages.done();
        }
        if (reports.isEmpty()) {
            throw new CommandFailure("nothing to explain: there is no pod and no workload in what was given");
        }
        print(reports, json);
        return ExitStatus.OK;
    }

    /** What all pods of a run have in common. */
    private record Work(Injector injector, Explainer explainer, @Nullable Map<String, String> nodes, ProxyConfigs proxyConfigs) {}

    private static Work work(ConfigurationSources sources, Surroundings surroundings) {
        Injector injector = sources.injector();
        Explainer explainer = new Explainer(injector, surroundings.registrations(injector.configuration()));
        return new Work(injector, explainer, sources.nodes(injector.configuration().features()), sources.proxyConfigs(injector));
    }

    private ManifestObjects.Found live(String named, ConfigurationSources sources) {
        Cluster cluster = sources.cluster();
        if (cluster == null) {
            throw new CommandFailure("no cluster is configured to look for " + named
                    + " (no kubeconfig was found, or --offline was given); name one with --kubeconfig, or give a file with -f");
        }
        String given = inspection.given(InspectionFlag.NAMESPACE);
        String path = TargetKind.path(named, given == null ? cluster.namespace() : given);
        ObjectNode object = cluster.object(path);
        if (object == null) {
            throw new CommandFailure(named + " does not exist in the namespace " + (given == null ? cluster.namespace() : given)
                    + "; name another one with -n");
        }
        return new ManifestObjects.Found(named, object);
    }

    private static ExplanationReport report(ManifestObjects.Found found, WorkloadKind kind, Work work, Surroundings surroundings,
            boolean live) {
        Workload workload = found.workload(kind);
        String namespace = surroundings.namespace(found.object());
        ObjectNode pod = admitted(workload.podOfCluster(), namespace);
        Owner owner = workload.owner();
        Admission admission = new Admission(pod, namespace, surroundings.labels(namespace), live && kind == WorkloadKind.POD);
        InjectionContext context = context(namespace, owner, work, List.of());
        Explanation explanation = work.explainer().explain(admission, context);
        List<ObjectNode> resources = explanation.injection().pod() == null ? List.of() : work.proxyConfigs().of(namespace);
        if (!resources.isEmpty()) {
            context = context(namespace, owner, work, resources);
            explanation = work.explainer().explain(admission, context);
        }
        return new ExplanationReport(found.place(), Workload.describe(found.object()), admission, explanation, surroundings.origins(),
                EffectiveProxyConfig.resources(context, pod, work.injector().configuration().mesh()), kind == WorkloadKind.POD);
    }

    private static InjectionContext context(String namespace, @Nullable Owner owner, Work work, List<ObjectNode> resources) {
        return new InjectionContext(View.WEBHOOK, namespace, owner, Map.of(), work.nodes(), null, resources);
    }

    private static ObjectNode admitted(ObjectNode pod, String namespace) {
        ObjectNode copy = pod.deepCopy();
        copy.withObject("metadata").put("namespace", namespace);
        return copy;
    }

    private void print(List<ExplanationReport> reports, boolean json) {
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> all.add(ExplanationJson.of(report)));
            console.out().println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            reports.forEach(report -> console.out().print(ExplanationText.of(report)));
        }
        console.out().flush();
    }
}
