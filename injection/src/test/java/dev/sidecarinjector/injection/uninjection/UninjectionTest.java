package dev.sidecarinjector.injection.uninjection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.RandomPods;
import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.uninjection.Uninjection.Outcome;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class UninjectionTest {
    private static final InjectionContext CONTEXT = InjectionContext.webhook("bakery", Map.of("ISTIO_META_NETWORK", "n2"));
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              labels: {app: web}
              annotations: {prometheus.io/port: '9090', prometheus.io/scrape: 'true', note: mine}
            spec:
              terminationGracePeriodSeconds: 7
              imagePullSecrets: [{name: mine}]
              volumes: [{name: data, emptyDir: {}}]
              initContainers: [{name: migrate, image: m:1}]
              containers:
              - name: web
                image: web:1
                ports: [{name: http, containerPort: 80}]
                readinessProbe: {httpGet: {path: /ready, port: 80, scheme: HTTPS, httpHeaders: [{name: a, value: b}]}, periodSeconds: 3}
                livenessProbe: {tcpSocket: {port: 81}, timeoutSeconds: 4}
                startupProbe: {grpc: {port: 82}}
                lifecycle: {preStop: {httpGet: {path: /stop, port: 80}}, postStart: {exec: {command: [a]}}}
              - name: istio-proxy
                image: auto
                resources: {limits: {cpu: 2}}
                env: [{name: MINE, value: x}]
            """;

    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void whatWasInjectedComesBack(Features.NativeMode mode) {
        Injector injector = injector(mode);
        ObjectNode pod = (ObjectNode) YamlTrees.read(POD);
        assertThat(restored(injector, injected(injector, pod))).isEqualTo(Uninjection.printable(pod));
    }

    /** Whatever comes back is injected to what was given; and most does come back. */
    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void whateverIsGivenBackIsInjectedToTheSamePod(Features.NativeMode mode) {
        Injector injector = injector(mode);
        List<ObjectNode> pods = new ArrayList<>(Corpus.pods());
        pods.addAll(RandomPods.seeded(9, 60));
        int restored = 0;
        int refused = 0;
        for (ObjectNode pod : pods) {
            ObjectNode injected = injector.inject(pod, CONTEXT).pod();
            if (injected == null) {
                continue;
            }
            switch (Uninjection.of(injected, candidate -> injector.inject(candidate, CONTEXT))) {
                case Outcome.Restored back -> {
                    restored++;
                    assertThat(PodDifferences.between(Uninjection.printable(injected(injector, back.pod())),
                            Uninjection.printable(injected), 5)).isEmpty();
                    assertThat(Uninjection.of(back.pod(), candidate -> injector.inject(candidate, CONTEXT)))
                            .isInstanceOf(Outcome.NotInjected.class);
                }
                case Outcome.Refused reasons -> {
                    refused++;
                    assertThat(reasons.reasons()).isNotEmpty();
                }
                case Outcome.NotInjected _ -> throw new AssertionError("not recognised: " + injected);
            }
        }
        assertThat(restored).as("refused: " + refused).isGreaterThan(5 * refused);
    }

    /** A template that kube-inject wrote and the API server stored: the defaults came after the injection. */
    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void whatWasStoredAfterwardsComesBackAsThePodThatWouldHaveBeenStored(Features.NativeMode mode) {
        Injector injector = injector(mode);
        List<ObjectNode> pods = new ArrayList<>(Corpus.pods());
        pods.add((ObjectNode) YamlTrees.read(POD));
        int restored = 0;
        for (ObjectNode pod : pods) {
            ObjectNode injected = injector.inject(pod, CONTEXT).pod();
            if (injected == null
                    || !(Uninjection.of(injected, again -> injector.inject(again, CONTEXT)) instanceof Outcome.Restored plain)) {
                continue;
            }
            PodShape.defaulted(injected);
            assertThat(stored(restored(injector, injected))).isEqualTo(stored(plain.pod()));
            restored++;
        }
        assertThat(restored).isGreaterThan(8);
    }

    /** A pod that went through the webhook: the defaults were there before, and came to the injected containers after. */
    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void aLivePodComesBackAsItWasWhenTheWebhookSawIt(Features.NativeMode mode) {
        Injector injector = injector(mode);
        ObjectNode pod = (ObjectNode) YamlTrees.read(POD.replace("port: 80, scheme", "port: http, scheme"));
        ((ArrayNode) pod.at("/spec/volumes")).add(YamlTrees.read("""
                {name: kube-api-access-x7k2p, projected: {sources: [{serviceAccountToken: {expirationSeconds: 3607, path: token}}]}}"""));
        pod.at("/spec/containers").forEach(UninjectionTest::mountToken);
        pod.at("/spec/initContainers").forEach(UninjectionTest::mountToken);
        pod.withObject("/spec").put("serviceAccountName", "default").put("serviceAccount", "default").put("priority", 0);
        PodShape.defaulted(pod);

        ObjectNode live = injected(injector, pod);
        live.at("/spec/containers").forEach(UninjectionTest::mountToken);
        live.at("/spec/initContainers").forEach(UninjectionTest::mountToken);
        PodShape.defaulted(live);
        live.withObject("/spec").put("nodeName", "node-1");
        live.withObject("/status").put("phase", "Running");
        live.withObject("/metadata").put("uid", "2f1c").putArray("managedFields").addObject().put("manager", "kubelet");

        ObjectNode back = restored(injector, live);
        assertThat(back.path("spec").path("nodeName").asString()).isEqualTo("node-1");
        assertThat(back.path("status").path("phase").asString()).isEqualTo("Running");
        back.withObject("/spec").remove("nodeName");
        back.set("status", pod.get("status"));
        back.withObject("/metadata").remove(List.of("uid", "managedFields"));
        ((ObjectNode) pod.at("/spec/containers/0/readinessProbe/httpGet")).put("port", 80);
        assertThat(back).isEqualTo(pod);

        for (String at : List.of("/image", "/imagePullPolicy", "/terminationMessagePath")) {
            refuses(injector, live, at);
        }
    }

    private static void refuses(Injector injector, ObjectNode live, String at) {
        ObjectNode edited = live.deepCopy();
        for (JsonNode container : edited.at("/spec/initContainers")) {
            if (container.path("name").asString().startsWith("istio-")) {
                JsonPointer place = JsonPointer.compile(at);
                ((ObjectNode) container.at(place.head())).put(place.last().getMatchingProperty(), "Never");
                assertThat(Uninjection.of(edited, candidate -> injector.inject(candidate, CONTEXT)))
                        .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reasons()).singleElement().asString()
                                .startsWith("spec.initContainers[istio-").contains("Never"));
                return;
            }
        }
        throw new AssertionError("no injected init container");
    }

    private static void mountToken(JsonNode container) {
        String path = "/var/run/secrets/kubernetes.io/serviceaccount";
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asString().equals(path)) {
                return;
            }
        }
        ((ObjectNode) container).withArray("volumeMounts").addObject().put("name", "kube-api-access-x7k2p").put("mountPath", path)
                .put("readOnly", true);
    }

    private static ObjectNode stored(ObjectNode pod) {
        ObjectNode stored = Uninjection.printable(pod);
        PodShape.defaulted(stored);
        return stored;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/spec/initContainers/0|image|spec.initContainers[istio-",
            "/spec/containers/1|image|spec.containers[istio-proxy].image",
            "/metadata/labels|security.istio.io/tlsMode|",
            "/metadata/annotations|prometheus.io/path|metadata.annotations.prometheus.io/path"})
    void anEditOfWhatWasInjectedIsRefusedWithItsPlace(String at, String field, String place) {
        Injector injector = injector(Features.NativeMode.OFF);
        ObjectNode pod = (ObjectNode) YamlTrees.read(POD);
        ((ObjectNode) pod.at("/spec")).remove("initContainers");
        ((ArrayNode) pod.at("/spec/containers")).remove(1);
        ObjectNode injected = injected(injector, pod);
        ((ObjectNode) injected.at(at)).put(field, "edited");
        Outcome outcome = Uninjection.of(injected, candidate -> injector.inject(candidate, CONTEXT));
        if (place == null) {
            // A label that the injection leaves alone where the author set it: then it is the author's.
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Restored.class,
                    back -> assertThat(back.pod().at(at).path(field).asString()).isEqualTo("edited"));
        } else {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class,
                    refused -> assertThat(refused.reasons().toString()).contains(place));
        }
    }

    @Test
    void aRemovedSidecarIsNoticed() {
        Injector injector = injector(Features.NativeMode.OFF);
        refuses(injector, injected -> ((ArrayNode) injected.at("/spec/containers")).remove(1));
        refuses(injector, injected -> ((ObjectNode) injected.at("/metadata/annotations")).put("proxy.istio.io/overrides", "{"));
    }

    @Test
    void aProbeWhoseOriginalIsLostIsNamed() {
        Injector injector = injector(Features.NativeMode.OFF);
        ObjectNode pod = (ObjectNode) YamlTrees.read(POD.replace("path: /ready, port: 80", "path: /ready, port: nowhere"));
        assertThat(Uninjection.of(injected(injector, pod), candidate -> injector.inject(candidate, CONTEXT)))
                .isInstanceOfSatisfying(Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).singleElement().asString().startsWith("spec.containers[web]")
                                .contains("readyz"));
    }

    private static void refuses(Injector injector, Consumer<ObjectNode> edit) {
        ObjectNode injected = injected(injector, (ObjectNode) YamlTrees.read(POD));
        edit.accept(injected);
        assertThat(Uninjection.of(injected, candidate -> injector.inject(candidate, CONTEXT))).isInstanceOf(Outcome.Refused.class);
    }

    private static ObjectNode restored(Injector injector, ObjectNode injected) {
        Outcome outcome = Uninjection.of(injected, candidate -> injector.inject(candidate, CONTEXT));
        assertThat(outcome).isInstanceOf(Outcome.Restored.class);
        return ((Outcome.Restored) outcome).pod();
    }

    private static ObjectNode injected(Injector injector, ObjectNode pod) {
        Injection injection = injector.inject(pod.deepCopy(), CONTEXT);
        ObjectNode injected = injection.pod();
        if (injected == null) {
            throw new AssertionError(injection);
        }
        return injected;
    }

    private static Injector injector(Features.NativeMode mode) {
        Features features = new Features(mode, "", false, "default", Map.of());
        return new Injector(Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(), features));
    }
}
