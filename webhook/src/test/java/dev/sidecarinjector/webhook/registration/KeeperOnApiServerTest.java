package dev.sidecarinjector.webhook.registration;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import org.junit.jupiter.api.Assumptions;

/** The same on a real API server: whether it treats an apply, a version and a watch as we think. */
class KeeperOnApiServerTest extends KeeperScenarios {
    private static final String KUBECONFIG = "SIDECAR_INJECTOR_TEST_KUBECONFIG";

    @Override
    KubernetesClient connect() {
        String file = System.getenv(KUBECONFIG);
        Assumptions.assumeTrue(file != null, "not run: " + KUBECONFIG
                + " names no kubeconfig of an API server on which tests may make MutatingWebhookConfigurations (they match no pods)");
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(null, new File(file))).build();
    }
}
