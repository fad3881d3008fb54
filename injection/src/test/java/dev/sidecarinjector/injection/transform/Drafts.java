package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.ProxyConfig;
import dev.sidecarinjector.injection.merge.StrategicMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Drafts for tests: a pod in relaxed JSON, and settings that are the shipped defaults unless a test says otherwise. */
final class Drafts {
    private static final JsonMapper RELAXED = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    final List<Warning> warnings = new ArrayList<>();
    final TreeMap<String, String> proxyEnv = new TreeMap<>();
    private String config = "policy: enabled\ntemplates:\n  sidecar: ''\n";
    private String values = "{global: {proxy: {holdApplicationUntilProxyStarts: false}}, sidecarInjectorWebhook: {rewriteAppHTTPProbe: true}}";
    private String mesh = "";
    private boolean nativeSidecar;
    private boolean openshift;
    private String revision = "default";
    private InjectionContext.View view = InjectionContext.View.WEBHOOK;

    static ObjectNode json(String relaxed) {
        return (ObjectNode) RELAXED.readTree(relaxed);
    }

    Drafts config(String yaml) {
        config = yaml;
        return this;
    }

    Drafts values(String yaml) {
        values = yaml;
        return this;
    }

    Drafts mesh(String yaml) {
        mesh = yaml;
        return this;
    }

    Drafts nativeSidecar() {
        nativeSidecar = true;
        return this;
    }

    Drafts openshift() {
        openshift = true;
        return this;
    }

    Drafts revision(String name) {
        revision = name;
        return this;
    }

    Drafts commandLine() {
        view = InjectionContext.View.COMMAND_LINE;
        return this;
    }

    PodDraft of(String pod) {
        return of(json(pod));
    }

    PodDraft of(ObjectNode pod) {
        Configuration configuration = Configuration.load(config, values, mesh,
                new Features(Features.NativeMode.AUTO, "", openshift, revision, java.util.Map.of()));
        ProxyConfig proxyConfig = configuration.mesh().defaultConfig();
        String annotation = pod.path("metadata").path("annotations").path("proxy.istio.io/config").asString("");
        InjectionContext context = view == InjectionContext.View.WEBHOOK
                ? InjectionContext.webhook("bakery", proxyEnv)
                : InjectionContext.commandLine("bakery", null);
        return new PodDraft(pod, new Circumstances(configuration,
                annotation.isEmpty() ? proxyConfig : proxyConfig.apply(annotation), configuration.mesh(), context, proxyEnv, nativeSidecar),
                warnings);
    }

    /** The draft after the templates and the author's containers, before the transforms. */
    PodDraft merged(ObjectNode pod, List<Function<ObjectNode, ObjectNode>> templates) {
        PodDraft draft = of(pod);
        OpenShift.dropAssignedIds(draft);
        ObjectNode model = Stripped.of(draft);
        for (Function<ObjectNode, ObjectNode> template : templates) {
            ObjectNode overlay = template.apply(model);
            UserContainers.beforeOverlay(draft, overlay);
            StrategicMerge.mergePod(draft.pod(), overlay);
        }
        UserContainers.reapply(draft);
        return draft;
    }

    /** The same for templates that are plain text. */
    PodDraft merged(String pod, String... overlays) {
        List<Function<ObjectNode, ObjectNode>> templates = new ArrayList<>();
        for (String overlay : overlays) {
            templates.add(_ -> json(overlay));
        }
        return merged(json(pod), templates);
    }

    /** The injected pod. */
    ObjectNode injected(ObjectNode pod, List<Function<ObjectNode, ObjectNode>> templates) {
        PodDraft draft = merged(pod, templates);
        Transforms.apply(draft);
        return draft.pod();
    }
}
