package dev.sidecarinjector.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.RandomPods;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every pod, with the shipped template. */
class InjectionLawsTest {
    private static final InjectionContext CONTEXT = InjectionContext.webhook("bakery",
            Map.of("ISTIO_META_CLUSTER_ID", "oven", "ISTIO_META_NETWORK", "n2"));

    private final List<ObjectNode> pods = new ArrayList<>(Corpus.pods());

    InjectionLawsTest() {
        pods.addAll(RandomPods.seeded(3, 200));
    }

    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void injectingTwiceEqualsInjectingOnce(Features.NativeMode mode) {
        assertThat(injectedTwice(injector(mode))).hasSizeGreaterThan(150);
    }

    /** Its proxy answers the probes, so it must know them in the second pass too, when they point to the proxy. */
    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void injectingTwiceEqualsInjectingOnceForATemplateThatReadsProbes(Features.NativeMode mode) {
        List<ObjectNode> injected = injectedTwice(
                injector(mode, ShippedTemplates.config().replace("defaultTemplates: [sidecar]", "defaultTemplates: [envoy]")));
        assertThat(injected.stream().filter(pod -> proxy(pod).path("args").toString().contains("/app-health/"))).hasSizeGreaterThan(20);
    }

    private List<ObjectNode> injectedTwice(Injector injector) {
        List<ObjectNode> injected = new ArrayList<>();
        for (ObjectNode pod : pods) {
            Injection once = injector.inject(pod, CONTEXT);
            if (once.pod() != null) {
                injected.add(once.pod());
                assertThat(injector.inject(once.pod(), CONTEXT).pod()).as("%s", pod).isEqualTo(once.pod());
            }
        }
        return injected;
    }

    @ParameterizedTest
    @EnumSource(value = Features.NativeMode.class, names = {"ON", "OFF"})
    void whatAnotherWebhookAddsInBetweenStaysAndTheNextPassIsStable(Features.NativeMode mode) {
        Injector injector = injector(mode);
        for (ObjectNode pod : pods) {
            Injection once = injector.inject(pod, CONTEXT);
            if (once.pod() == null) {
                continue;
            }
            ObjectNode between = once.pod().deepCopy();
            ObjectNode late = ((ArrayNode) between.path("spec").path("containers")).addObject().put("name", "late").put("image", "late:1");
            late.putObject("livenessProbe").putObject("httpGet").put("port", 4242);
            ObjectNode twice = injector.inject(between, CONTEXT).pod();
            assertThat(twice).isNotNull();
            assertThat(injector.inject(twice, CONTEXT).pod()).as("%s", pod).isEqualTo(twice);
            assertThat(twice.path("spec").path("volumes")).isEqualTo(once.pod().path("spec").path("volumes"));
            assertThat(names(withoutLate(twice))).isEqualTo(names(once.pod()));
            assertThat(proxy(twice).path("image")).isEqualTo(proxy(once.pod()).path("image"));
            assertThat(variables(twice)).containsAll(variables(once.pod()));
        }
    }

    @Test
    void theOrderOfKeysNeverMatters() {
        Injector injector = injector(Features.NativeMode.ON);
        Random random = new Random(5);
        for (ObjectNode pod : pods) {
            JsonNode straight = injector.inject(pod, CONTEXT).pod();
            JsonNode shuffled = injector.inject((ObjectNode) shuffled(pod, random), CONTEXT).pod();
            assertThat(shuffled).as("%s", pod).isEqualTo(straight);
        }
    }

    @Test
    void theInputIsNeverModified() {
        Injector injector = injector(Features.NativeMode.OFF);
        for (ObjectNode pod : pods) {
            ObjectNode before = pod.deepCopy();
            Injection once = injector.inject(pod, CONTEXT);
            assertThat(pod).isEqualTo(before);
            if (once.pod() != null) {
                ObjectNode injected = once.pod().deepCopy();
                injector.inject(once.pod(), CONTEXT);
                assertThat(once.pod()).isEqualTo(injected);
            }
        }
    }

    @Test
    void whatIsDoneToAResultNeverReachesTheNextOne() {
        Injector injector = injector(Features.NativeMode.ON);
        for (ObjectNode pod : pods) {
            // A result shares with its own pod what the injection leaves alone; with anything else it shares nothing.
            ObjectNode first = injector.inject(pod.deepCopy(), CONTEXT).pod();
            if (first != null) {
                ObjectNode kept = first.deepCopy();
                scribble(first);
                assertThat(injector.inject(pod, CONTEXT).pod()).isEqualTo(kept);
            }
        }
    }

    @Test
    void twoThreadsNeverSeeEachOther() throws Exception {
        pods.subList(60, pods.size()).clear();
        Injector injector = injector(Features.NativeMode.ON);
        Injector single = injector(Features.NativeMode.ON);
        List<JsonNode> alone = new ArrayList<>();
        pods.forEach(pod -> alone.add(single.inject(pod, CONTEXT).pod()));
        Callable<List<JsonNode>> all = () -> {
            List<JsonNode> results = new ArrayList<>();
            pods.forEach(pod -> results.add(injector.inject(pod, CONTEXT).pod()));
            return results;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<JsonNode>> results : threads.invokeAll(Collections.nCopies(4, all))) {
                assertThat(results.get()).isEqualTo(alone);
            }
        }
    }

    private static Injector injector(Features.NativeMode mode) {
        return injector(mode, ShippedTemplates.config());
    }

    private static Injector injector(Features.NativeMode mode, String config) {
        return new Injector(Configuration.load(config, ShippedTemplates.values(), ShippedTemplates.mesh(),
                new Features(mode, "", false, "default", Map.of())));
    }

    private static ObjectNode proxy(JsonNode pod) {
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                if (container.path("name").asString().equals("istio-proxy")) {
                    return (ObjectNode) container;
                }
            }
        }
        throw new AssertionError("no proxy in " + pod);
    }

    private static List<String> variables(JsonNode pod) {
        List<String> names = new ArrayList<>();
        proxy(pod).path("env").forEach(variable -> names.add(variable.path("name").asString()));
        return names;
    }

    private static List<String> names(JsonNode pod) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            pod.path("spec").path(list).forEach(container -> names.add(list + '/' + container.path("name").asString()));
        }
        return names;
    }

    private static ObjectNode withoutLate(ObjectNode pod) {
        ObjectNode copy = pod.deepCopy();
        ((ArrayNode) copy.path("spec").path("containers")).removeIf(container -> container.path("name").asString().equals("late"));
        return copy;
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        List<String> keys = new ArrayList<>(object.propertyNames());
        Collections.shuffle(keys, random);
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> copy.set(key, shuffled(object.path(key), random)));
        return copy;
    }

    /** Ruins every object and list of a tree. */
    private static void scribble(JsonNode node) {
        node.forEach(InjectionLawsTest::scribble);
        if (node instanceof ObjectNode object) {
            object.put("scribble", true);
        } else if (node instanceof ArrayNode array) {
            array.add("scribble");
        }
    }
}
