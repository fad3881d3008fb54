package dev.sidecarinjector.e2e.path;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A pod as the engine leaves it, with a template that ships. */
record InjectedPod(ObjectNode tree) {
    private static final String POD = """
            metadata: {name: shop, namespace: default}
            spec:
              containers:
              - name: app
                image: app
                ports: [{containerPort: 8000}]
                readinessProbe: {httpGet: {path: /ready, port: 8000}}
                livenessProbe: {tcpSocket: {port: 8080}}
            """;

    /** With the values that ship and these; the keys of both maps are names with dots. */
    static InjectedPod with(String template, Map<String, Object> values, Map<String, String> annotations) {
        ObjectNode allValues = (ObjectNode) JsonMapper.shared().readTree(ShippedTemplates.values());
        values.forEach((path, value) -> {
            int last = path.lastIndexOf('.');
            allValues.withObject("/" + path.substring(0, last).replace('.', '/')).putPOJO(path.substring(last + 1), value);
        });
        Injector injector = new Injector(
                Configuration.load(ShippedTemplates.config(), allValues.toString(), ShippedTemplates.mesh(), Features.DEFAULT));
        ObjectNode pod = (ObjectNode) YamlReader.read(POD);
        ObjectNode noted = pod.withObject("/metadata/annotations").put("inject.istio.io/templates", template);
        annotations.forEach(noted::put);
        Injection injection = injector.inject(pod, InjectionContext.webhook("default", Map.of()));
        if (injection.pod() == null) {
            throw new IllegalStateException("not injected: " + injection.decision() + " " + injection.error());
        }
        return new InjectedPod(injection.pod());
    }

    /** A container or an init container of the pod when it has an address. */
    ContainerSpec container(String name, String address) {
        return Stream.of("initContainers", "containers").flatMap(list -> tree.at("/spec/" + list).valueStream())
                .filter(container -> container.path("name").asString("").equals(name)).findFirst()
                .map(container -> new ContainerSpec(container,
                        Map.of("metadata.name", "shop", "metadata.namespace", "default", "status.podIP", address)))
                .orElseThrow(() -> new IllegalStateException("no container " + name + " in " + tree));
    }
}
