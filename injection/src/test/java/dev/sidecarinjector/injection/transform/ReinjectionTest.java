package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Injecting an injected pod changes nothing: here with small templates, among them some that are hostile to the law. */
class ReinjectionTest {
    private static final String RICH = "{metadata: {labels: {a: 'b'}, annotations: {rev: 'x'}}, spec: {"
            + "initContainers: [{name: 'istio-init', image: 'init:1', args: ['-u', '1337', '-p', '1'], securityContext: {runAsUser: 0}}], "
            + "containers: [{name: 'istio-proxy', image: 'proxy:1', args: ['p'], ports: [{containerPort: 15090}], env: [{name: 'A', value: 'a'}, "
            + "{name: 'ISTIO_META_NETWORK', value: 'x'}, {name: 'B', value: 'b'}, {name: 'PORTS', value: '$ports'}], resources: {requests: {cpu: '1'}}, "
            + "securityContext: {runAsUser: 1337, runAsGroup: 1337}, volumeMounts: [{name: 'v1', mountPath: '/1'}, {name: 'v2', mountPath: '/2'}]}], "
            + "volumes: [{name: 'v1'}, {name: 'v2', emptyDir: {}}], imagePullSecrets: [{name: 's'}]}}";
    private static final String OWN = "{metadata: {annotations: {'prometheus.io/port': '9102', 'prometheus.io/scrape': 'true'}}, spec: {containers: ["
            + "{name: 'app', ports: [{name: 'web', containerPort: 80}], livenessProbe: {httpGet: {port: 'web'}}, readinessProbe: {grpc: {port: 5}}}, "
            + "{name: 'istio-proxy', image: 'own:1', args: ['mine'], env: [{name: 'B', value: 'mine'}, {name: 'USER', value: 'u'}], "
            + "volumeMounts: [{name: 'data', mountPath: '/2'}, {name: 'data', mountPath: '/9'}], securityContext: {runAsUser: 2000}, "
            + "resources: {requests: {cpu: '2000m'}}}], volumes: [{name: 'data'}, {name: 'v1', secret: {secretName: 's'}}], "
            + "imagePullSecrets: [{name: 'z'}, {name: 's'}]}}";

    private final Drafts drafts = new Drafts();
    private final List<Function<ObjectNode, ObjectNode>> templates = new ArrayList<>();

    ReinjectionTest() {
        drafts.proxyEnv.put("ISTIO_META_NETWORK", "n1");
        drafts.proxyEnv.put("ISTIO_META_CLUSTER_ID", "c1");
    }

    @Test
    void theAuthorsContainerSurvivesASecondPass() {
        templates.add(ReinjectionTest::rich);
        ObjectNode once = drafts.injected(Drafts.json(OWN), templates);
        assertThat(ProxyContainer.find(once).path("image").asString()).isEqualTo("own:1");
        assertStable(once);
    }

    @Test
    void aSecondPassIsStableWithANativeSidecar() {
        drafts.nativeSidecar();
        templates.add(ReinjectionTest::nativeRich);
        assertStable(drafts.injected(Drafts.json(OWN), templates));
    }

    @Test
    void aSecondPassKnowsTheAuthorsUserAlsoWhereTproxyMadeTheProxyRoot() {
        templates.add(ReinjectionTest::rich);
        ObjectNode pod = Drafts.json(OWN);
        ((ObjectNode) pod.path("metadata").path("annotations")).put("sidecar.istio.io/interceptionMode", "TPROXY");
        ObjectNode once = drafts.injected(pod, templates);
        assertThat(once.path("spec").path("initContainers").path(0).path("args").path(1).asString()).isEqualTo("2000");
        assertThat(ProxyContainer.find(once).path("securityContext").path("runAsUser").asInt()).isZero();
        assertStable(once);
    }

    @Test
    void aSecondPassIsStableWhereALaterTemplateMakesASecondProxy() {
        drafts.nativeSidecar();
        templates.add(ReinjectionTest::nativeRich);
        templates.add(_ -> Drafts.json(
                "{spec: {containers: [{name: 'istio-proxy', env: [{name: 'S', value: 's'}]}], volumes: [{name: 'v2'}, {name: 'v1'}, {name: 'w'}]}}"));
        assertStable(drafts.injected(Drafts.json("{spec: {containers: [{name: 'app'}], volumes: [{name: 'q'}]}}"), templates));
        assertStable(drafts.injected(Drafts.json(OWN), templates));
    }

    @Test
    void aSecondPassIsStableWhereTemplatesContradictEachOther() {
        templates.add(ReinjectionTest::rich);
        templates.add(_ -> Drafts.json(
                "{metadata: {annotations: {'prometheus.io/port': '1', 'prometheus.io/path': '/t'}}, spec: {containers: [{name: 'istio-proxy', "
                        + "image: 'other:1', env: [{name: 'B', value: '2'}, {name: 'C', value: '3'}, {name: 'A', value: '1'}]}], volumes: [{name: 'v2'}, {name: 'v1'}]}}"));
        assertStable(drafts.injected(Drafts.json(OWN), templates));
        assertStable(drafts.injected(Drafts.json("{spec: {containers: [{name: 'app'}]}}"), templates));
    }

    @Test
    void aSecondPassIsStableWhereTheTemplateReplacesTheEnvironment() {
        templates.add(_ -> Drafts
                .json("{spec: {containers: [{name: 'istio-proxy', image: 'p', env: [{$patch: 'replace'}, {name: 'A', value: 'a'}]}]}}"));
        ObjectNode once = drafts.injected(Drafts.json(OWN), templates);
        assertThat(Env.value(ProxyContainer.find(once), "ISTIO_KUBE_APP_PROBERS")).contains("/app-health/app/livez");
        assertStable(once);
    }

    @Test
    void aSecondPassIsStableWhereTheTemplateNamesEveryContainer() {
        templates.add(ReinjectionTest::everyContainer);
        ObjectNode once = drafts.injected(Drafts.json(OWN), templates);
        assertStable(once);
        ObjectNode between = once.deepCopy();
        container(between, "late").put("image", "late:1").putObject("livenessProbe").putObject("httpGet").put("port", 7);
        ObjectNode twice = drafts.injected(between, templates);
        assertThat(twice.path("metadata").path("annotations").path("proxy.istio.io/overrides").asString()).contains("late:1");
        assertStable(twice);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aContainerThatAnotherWebhookAddsInBetweenIsTakenIn(boolean nativeSidecar) {
        if (nativeSidecar) {
            drafts.nativeSidecar();
        }
        templates.add(nativeSidecar ? ReinjectionTest::nativeRich : ReinjectionTest::rich);
        ObjectNode between = drafts.injected(Drafts.json(OWN), templates);
        container(between, "late").putObject("livenessProbe").putObject("httpGet").put("port", 7);
        ((ArrayNode) ProxyContainer.find(between).path("env")).addObject().put("name", "LATE").put("value", "1");
        ObjectNode twice = drafts.injected(between, templates);
        String probers = Env.value(ProxyContainer.find(twice), "ISTIO_KUBE_APP_PROBERS");
        assertThat(probers).contains("/app-health/late/livez", "/app-health/app/livez");
        assertThat(Env.value(ProxyContainer.find(twice), "LATE")).isEqualTo("1");
        assertThat(ProxyContainer.find(twice).path("image").asString()).isEqualTo("own:1");
        assertStable(twice);
    }

    @Test
    void anEditOfAnOverriddenFieldOnTheInjectedPodIsKept() {
        templates.add(ReinjectionTest::rich);
        ObjectNode once = drafts.injected(Drafts.json(OWN), templates);
        ProxyContainer.find(once).put("image", "own:2");
        ProxyContainer.find(once).put("imagePullPolicy", "Always");
        assertStable(once);
    }

    @Test
    void aFieldThatOnlyTheTemplateSetsFollowsTheTemplate() {
        templates.add(ReinjectionTest::rich);
        ObjectNode once = drafts.injected(Drafts.json("{spec: {containers: [{name: 'app'}]}}"), templates);
        ProxyContainer.find(once).put("image", "stale:0");
        assertThat(ProxyContainer.find(drafts.injected(once, templates)).path("image").asString()).isEqualTo("proxy:1");
    }

    @Test
    void aPodThatChangesToANativeSidecarTakesItsOldProxyAlong() {
        templates.add(ReinjectionTest::rich);
        ObjectNode once = drafts.injected(Drafts.json("{spec: {containers: [{name: 'app', livenessProbe: {httpGet: {port: 1}}}]}}"),
                templates);
        ProxyContainer.find(once).put("image", "old:1");
        ObjectNode changed = drafts.nativeSidecar().injected(once, List.of(ReinjectionTest::nativeRich));
        assertThat(changed.path("spec").path("containers").size()).isEqualTo(1);
        // The earlier status lists the proxy among the regular containers only, so that its old definition counts as the author's.
        assertThat(ProxyContainer.find(changed).path("image").asString()).isEqualTo("old:1");
        assertThat(ProxyContainer.find(changed).path("restartPolicy").asString()).isEqualTo("Always");
        assertThat(Env.value(ProxyContainer.find(changed), "ISTIO_KUBE_APP_PROBERS")).contains("/app-health/app/livez");
        assertThat(changed.path("metadata").path("annotations").has("proxy.istio.io/overrides")).isFalse();
    }

    @Test
    void overridesOutliveTheChangeToANativeSidecar() {
        templates.add(ReinjectionTest::rich);
        ObjectNode once = drafts.injected(Drafts.json(OWN), templates);
        drafts.nativeSidecar();
        List<Function<ObjectNode, ObjectNode>> natives = List.of(ReinjectionTest::nativeRich);
        ObjectNode changed = drafts.injected(once, natives);
        assertThat(changed.path("metadata").path("annotations").path("proxy.istio.io/overrides"))
                .isEqualTo(once.path("metadata").path("annotations").path("proxy.istio.io/overrides"));
        assertThat(ProxyContainer.find(drafts.injected(changed, natives)).path("image").asString()).isEqualTo("own:1");
    }

    @Test
    void theLawHoldsForRandomProxiesAndTemplates() {
        Random random = new Random(114);
        for (int i = 0; i < 2000; i++) {
            Drafts some = new Drafts();
            if (random.nextBoolean()) {
                some.nativeSidecar();
            }
            some.proxyEnv.putAll(random.nextBoolean() ? drafts.proxyEnv : new java.util.TreeMap<>());
            List<String> overlays = new ArrayList<>();
            String first = random.nextBoolean() ? "containers" : "initContainers";
            String second = random.nextBoolean() ? "containers" : "initContainers";
            int change = random.nextInt(3);
            for (int t = 0; t <= random.nextInt(3); t++) {
                overlays.add(randomOverlay(random, t < change ? first : second));
            }
            List<Function<ObjectNode, ObjectNode>> set = new ArrayList<>();
            overlays.forEach(overlay -> set.add(_ -> Drafts.json(overlay)));
            ObjectNode pod = Drafts
                    .json("{spec: {containers: [" + (random.nextBoolean() ? "{name: 'app', livenessProbe: {tcpSocket: {port: 4}}}, " : "")
                            + randomContainer(random) + "], volumes: " + randomNamed(random) + "}}");
            ObjectNode once = some.injected(pod, set);
            assertThat(some.injected(once, set)).as("%s with %s", pod, overlays).isEqualTo(once);
        }
    }

    private void assertStable(ObjectNode once) {
        assertThat(drafts.injected(once, templates)).isEqualTo(once);
    }

    /** Shows to the template the ports of the containers that it is given, as the shipped templates do. */
    private static ObjectNode rich(ObjectNode model) {
        StringBuilder ports = new StringBuilder();
        for (JsonNode container : model.path("spec").path("containers")) {
            ports.append(container.path("name").asString()).append(container.path("ports").size()).append(' ');
        }
        return Drafts.json(RICH.replace("$ports", ports));
    }

    private static ObjectNode nativeRich(ObjectNode model) {
        ObjectNode overlay = rich(model);
        ObjectNode spec = (ObjectNode) overlay.path("spec");
        ObjectNode proxy = (ObjectNode) ((ArrayNode) spec.remove("containers")).get(0);
        ((ArrayNode) spec.path("initContainers")).add(proxy.put("restartPolicy", "Always"));
        return overlay;
    }

    private static ObjectNode everyContainer(ObjectNode model) {
        ObjectNode overlay = Drafts.json(
                "{metadata: {annotations: {'prometheus.istio.io/merge-metrics': 'false'}}, spec: {containers: [{name: 'istio-proxy', image: 'p'}]}}");
        for (JsonNode container : model.path("spec").path("containers")) {
            if (!container.path("name").asString().equals("istio-proxy")) {
                container(overlay, container.path("name").asString()).putArray("env").addObject().put("name", "E").put("value", "1");
            }
        }
        return overlay;
    }

    private static ObjectNode container(ObjectNode pod, String name) {
        return ((ArrayNode) pod.path("spec").path("containers")).addObject().put("name", name);
    }

    private static String randomOverlay(Random random, String list) {
        return "{spec: {" + list + ": [" + randomContainer(random) + "], volumes: " + randomNamed(random) + ", imagePullSecrets: "
                + randomNamed(random) + "}}";
    }

    private static String randomContainer(Random random) {
        StringBuilder container = new StringBuilder("{name: 'istio-proxy'");
        if (random.nextBoolean()) {
            container.append(", image: '").append(random.nextInt(3)).append("'");
        }
        if (random.nextBoolean()) {
            container.append(", env: ").append(randomNamed(random));
        }
        if (random.nextBoolean()) {
            container.append(", args: ['").append(random.nextInt(3)).append("']");
        }
        if (random.nextBoolean()) {
            container.append(", securityContext: {runAsUser: ").append(random.nextInt(3)).append('}');
        }
        if (random.nextBoolean()) {
            container.append(", volumeMounts: ").append(randomNamed(random).replace("name: '", "name: 'v', mountPath: '/"));
        }
        return container.append('}').toString();
    }

    private static String randomNamed(Random random) {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        java.util.Collections.shuffle(names, random);
        StringBuilder list = new StringBuilder("[");
        for (String name : names.subList(0, random.nextInt(5))) {
            list.append("{name: '").append(name).append("'}, ");
        }
        return list.append(']').toString();
    }
}
