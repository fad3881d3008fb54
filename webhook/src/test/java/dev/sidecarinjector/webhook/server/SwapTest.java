package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Configurations are exchanged while reviews are answered. */
@Timeout(120)
class SwapTest {
    private static final int SWAPS = 10_000;
    private static final byte[] REVIEW = Reviews.v1(Reviews.POD).getBytes(StandardCharsets.UTF_8);

    private record Named(String name) implements ClusterView {
        /** Writes its own name, and after it whatever view it was given, read once at the beginning and once at the end. */
        Engine engine() {
            return (pod, context) -> {
                ObjectNode injected = pod.deepCopy();
                String seen = context.namespaceAnnotations().get("name") + context.proxyConfigs().getFirst().get("name").asString();
                injected.withObject("/metadata").put("injected", name + seen);
                return new Injection(new Decision(Reason.POLICY_ENABLED, List.of()), injected, List.of(), null);
            };
        }

        @Override
        public Map<String, String> nodes() {
            return Map.of();
        }

        @Override
        public Map<String, String> namespaceAnnotations(String namespace) {
            Thread.onSpinWait();
            return Map.of("name", name);
        }

        @Override
        public List<ObjectNode> proxyConfigs(String namespace) {
            Thread.onSpinWait();
            return List.of(JsonMapper.shared().createObjectNode().put("name", name));
        }
    }

    @Test
    void everyAnswerIsWhollyOfOneConfiguration() throws Exception {
        Named[] both = {new Named("a"), new Named("b")};
        Admissions admissions = new Admissions(both[0].engine(), both[0]);
        Set<String> answers = ConcurrentHashMap.newKeySet();
        AtomicInteger swaps = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), Surroundings.of(admissions));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Callable<Void> direct = () -> {
                while (swaps.get() < SWAPS) {
                    answers.add(injected(new String(admissions.answer(REVIEW, Map.of()).body(), StandardCharsets.UTF_8)));
                    count.incrementAndGet();
                }
                return null;
            };
            Callable<Void> remote = () -> {
                try (KeptConnection connection = KeptConnection.to(server)) {
                    while (swaps.get() < SWAPS) {
                        answers.add(injected(connection.post("/inject", REVIEW).body()));
                        count.incrementAndGet();
                    }
                }
                return null;
            };
            List<Future<Void>> load = Stream.of(direct, direct, remote, remote).map(threads::submit).toList();
            for (int i = 1; i <= SWAPS; i++) {
                admissions.use(both[i % 2].engine(), both[i % 2]);
                int before = count.get();
                // So that answers fall between swaps: without a pause the swaps would be over at once.
                for (int spins = 0; count.get() == before && spins < 10_000; spins++) {
                    Thread.onSpinWait();
                }
                swaps.set(i);
            }
            for (Future<Void> each : load) {
                each.get();
            }
        }
        assertThat(answers).containsExactlyInAnyOrder("aaa", "bbb");
    }

    private static String injected(String answer) throws IOException {
        String patch = JsonMapper.shared().readTree(answer).at("/response/patch").asString();
        return JsonMapper.shared().readTree(Base64.getDecoder().decode(patch)).at("/0/value").asString();
    }
}
