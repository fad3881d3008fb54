package dev.sidecarinjector.webhook.registration;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;

class KeeperTest extends KeeperScenarios {
    private static final FakeApiServer SERVER = server();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    KubernetesClient connect() {
        return SERVER.client();
    }

    private static FakeApiServer server() {
        try {
            return new FakeApiServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
