package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.webhook.certificate.CertificateFolderWatch;
import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.server.Readiness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a cluster sees of the keepers of one revision; on a fake API server everywhere, and on a real one where there is one. */
abstract class KeeperScenarios {
    private static final String NAMESPACE = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static int number;

    @TempDir
    Path folder;
    private final String revision = "rev" + ++number + "-" + System.nanoTime();
    private final String secret = "certs-" + revision;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<String> incidents = new CopyOnWriteArrayList<>();
    KubernetesClient client;
    private RegistrationApi api;

    record Replica(Keeper keeper, ServedCertificate served, Readiness readiness, PrometheusRegistry registry) {}

    abstract KubernetesClient connect();

    @BeforeEach
    void open() {
        client = connect();
        api = new RegistrationApi(client, revision);
    }

    @AfterEach
    void end() {
        replicas.forEach(replica -> replica.keeper.close());
        if (client != null) {
            api.labelled().forEach(one -> delete(one.name()));
            client.close();
        }
    }

    @Test
    void severalReplicasThatStartAtOnceShareOneAuthorityThatTheRegistrationTrusts() throws Exception {
        // An entry of somebody else in the same object is not touched.
        make("a", "namespace.sidecar-injector.istio.io", "other.example.org");
        for (int i = 0; i < 4; i++) {
            start(null, null, Lives.DEFAULT);
        }
        eventually("all ready", () -> replicas.stream().allMatch(replica -> replica.readiness.isReady()));
        assertThat(replicas.stream().map(replica -> replica.served.certificate().chain()).distinct()).hasSize(1);
        Registration now = api.get(name("a"));
        assertThat(now.bundles()).hasSize(1).allMatch(
                bundle -> bundle.authorities().size() == 1 && bundle.trusts(replicas.getFirst().served.certificate().certificates()));
        assertThat(now.tree().at("/webhooks/1/clientConfig").has("caBundle")).as("the stranger's entry").isFalse();
        assertThat(now.tree().at("/webhooks/0/timeoutSeconds").asInt()).isEqualTo(7);
    }

    @Test
    void aWriteOnAVersionThatIsPastChangesNothing() {
        make("a", "namespace.sidecar-injector.istio.io");
        Registration read = api.get(name("a"));
        Registration first = api.setBundles(read, ServingCertificate.selfMade().authority());
        assertThat(first.version()).isNotEqualTo(read.version());
        String other = ServingCertificate.selfMade().authority();
        assertConflict(() -> api.setBundles(read, other));
        assertConflict(() -> api.apply(read.caBundles(other), read.version()));
        assertThat(api.get(name("a"))).isEqualTo(first);
        Registration applied = api.apply(read.caBundles(other), first.version());
        assertThat(applied.bundles().getFirst().pem()).isEqualTo(other);
        assertThat(api.apply(read.caBundles(other), applied.version()).version()).as("the same again").isEqualTo(applied.version());
    }

    private static void assertConflict(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void anEditedBundleIsPutBackAndNothingIsWrittenWhenNothingDiffers() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        start(null, null, Lives.DEFAULT);
        eventually("ready", () -> replicas.getFirst().readiness.isReady());
        String right = bundle("a");
        assertThat(right).isNotEmpty();
        patch("a", "{\"webhooks\":[{\"name\":\"namespace.sidecar-injector.istio.io\",\"clientConfig\":{\"caBundle\":\""
                + Registration.base64(ServingCertificate.selfMade().authority()) + "\"}}]}");
        eventually("put back", () -> bundle("a").equals(right));
        String version = api.get(name("a")).version();
        start(null, null, Lives.DEFAULT);
        replicas.getFirst().keeper.close();
        eventually("the other one took over", () -> replicas.getLast().readiness.isReady());
        Thread.sleep(5000);
        assertThat(api.get(name("a")).version()).isEqualTo(version);
    }

    @Test
    void wantedRegistrationsArePutBackAndMadeAnewWithTheirOwner() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), wanted("w"));
        GenericKubernetesResource role = client.genericKubernetesResources("rbac.authorization.k8s.io/v1", "ClusterRole")
                .resource(object("rbac.authorization.k8s.io/v1", "ClusterRole", name("owner"))).create();
        start(folder, name("owner"), Lives.DEFAULT);
        eventually("made", () -> api.get(name("w")).exists() && !bundle("w").isEmpty() && replicas.getFirst().readiness.isReady());
        assertThat(api.get(name("w")).tree().at("/metadata/ownerReferences/0/uid").asString()).isEqualTo(role.getMetadata().getUid());
        assertThat(api.get(name("w")).tree().at("/webhooks/0/timeoutSeconds").asInt()).isEqualTo(10);

        patch("w",
                "{\"metadata\":{\"annotations\":{\"mine\":\"stays\"}},\"webhooks\":[{\"name\":\"namespace.sidecar-injector.istio.io\",\"timeoutSeconds\":3}]}");
        eventually("put back", () -> api.get(name("w")).tree().at("/webhooks/0/timeoutSeconds").asInt() == 10);
        assertThat(api.get(name("w")).tree().at("/metadata/annotations/mine").asString()).isEqualTo("stays");

        delete(name("w"));
        eventually("made anew", () -> api.get(name("w")).exists() && !bundle("w").isEmpty());

        // A file that cannot be used changes nothing; a good one is taken.
        Files.writeString(folder.resolve("a.yaml"), "kind: Nonsense");
        Thread.sleep(3000);
        assertThat(api.get(name("w")).tree().at("/webhooks/0/timeoutSeconds").asInt()).isEqualTo(10);
        Files.writeString(folder.resolve("a.yaml"), wanted("w").replace("timeoutSeconds: 10", "timeoutSeconds: 12"));
        eventually("the new file", () -> api.get(name("w")).tree().at("/webhooks/0/timeoutSeconds").asInt() == 12);
    }

    @Test
    void withoutAnOwnerADeletedOneStaysAway() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), wanted("w"));
        start(folder, name("nobody"), Lives.DEFAULT);
        Thread.sleep(4000);
        assertThat(api.get(name("w")).exists()).isFalse();
    }

    @Test
    void somebodyWhoNeverStopsEditingIsReportedAndAnsweredMoreRarely() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        start(null, null, Lives.DEFAULT);
        eventually("ready", () -> replicas.getFirst().readiness.isReady());
        for (int i = 0; incidents.isEmpty() && i < 60; i++) {
            patch("a", "{\"webhooks\":[{\"name\":\"namespace.sidecar-injector.istio.io\",\"clientConfig\":{\"caBundle\":\""
                    + Registration.base64(replicas.getFirst().served.certificate().chain()) + "\"}}]}");
            Thread.sleep(700);
        }
        assertThat(incidents).containsExactly("RegistrationContested");
    }

    @Test
    void certificatesAndAuthoritiesRollOverAndEveryReplicaIsTrustedAllTheTime() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        make("b", "object.sidecar-injector.istio.io");
        Lives quick = Lives.of(Duration.ofSeconds(60), Duration.ofSeconds(2));
        for (int i = 0; i < 3; i++) {
            start(null, null, quick);
        }
        eventually("all ready", () -> replicas.stream().allMatch(replica -> replica.readiness.isReady()));
        List<String> chains = new ArrayList<>();
        List<String> bundles = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        int looks = 0;
        while (System.nanoTime() < end) {
            // What is shown before the registration is read: a roll-over in between may only have added to it.
            List<ServingCertificate> shown = replicas.stream().map(replica -> replica.served.certificate()).toList();
            for (String one : List.of("a", "b")) {
                Registration registration = api.get(name(one));
                assertThat(shown).allMatch(certificate -> registration.bundles().getFirst().trusts(certificate.certificates()));
            }
            shown.stream().map(ServingCertificate::chain).filter(chain -> !chains.contains(chain)).forEach(chains::add);
            if (!bundles.contains(bundle("a"))) {
                bundles.add(bundle("a"));
            }
            looks++;
        }
        assertThat(looks).isGreaterThan(10);
        assertThat(chains).as("certificates").hasSizeGreaterThan(3);
        assertThat(bundles).as("authorities").hasSizeGreaterThan(1);
    }

    @Test
    void aSecretThatIsDeletedOrLosesItsKeyIsReplacedInTheSafeOrder() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        start(null, null, Lives.of(Duration.ofDays(90), Duration.ofDays(60)));
        eventually("ready", () -> replicas.getFirst().readiness.isReady());
        Secret before = client.secrets().inNamespace(NAMESPACE).withName(secret).get();
        assertThat(before.getType()).isEqualTo("kubernetes.io/tls");
        client.secrets().inNamespace(NAMESPACE).withName(secret).delete();
        eventually("as it was", () -> client.secrets().inNamespace(NAMESPACE).withName(secret).get() != null);
        before = client.secrets().inNamespace(NAMESPACE).withName(secret).get();
        assertThat(SecretRecord.of(before).keyring().serving()).isEqualTo(replicas.getFirst().served.certificate());
        String old = SecretRecord.of(before).keyring().serving().chain();
        client.secrets().inNamespace(NAMESPACE).resource(before.edit().addToData("ca.key", "").build()).update();
        eventually("a second authority is announced", () -> api.get(name("a")).bundles().getFirst().authorities().size() == 2);
        assertThat(api.get(name("a")).bundles().getFirst().trusts(replicas.getFirst().served.certificate().certificates())).isTrue();
        eventually("and served", () -> replicas.getFirst().served.certificate().chain()
                .equals(SecretRecord.of(client.secrets().inNamespace(NAMESPACE).withName(secret).get()).keyring().serving().chain())
                && !replicas.getFirst().served.certificate().chain().equals(old));
    }

    @Test
    void aSecretOfSomebodyElseIsServedAndNotWritten() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        ServingCertificate theirs = ServingCertificate.selfMade();
        Secret made = client.secrets().inNamespace(NAMESPACE)
                .resource(new io.fabric8.kubernetes.api.model.SecretBuilder().withNewMetadata().withName(secret).withNamespace(NAMESPACE)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData(Map.of("tls.crt", Registration.base64(theirs.chain()), "tls.key", Registration.base64(theirs.key()),
                                "ca.crt",
                                Registration.base64(theirs.authority())))
                        .build())
                .create();
        start(null, null, Lives.DEFAULT);
        eventually("ready", () -> replicas.getFirst().readiness.isReady() && replicas.getFirst().served.certificate().equals(theirs));
        assertThat(client.secrets().inNamespace(NAMESPACE).withName(secret).get().getMetadata().getResourceVersion())
                .isEqualTo(made.getMetadata().getResourceVersion());
    }

    @Test
    void filesThatCannotBeUsedAreCountedAndGoodOnesOffered() throws Exception {
        make("a", "namespace.sidecar-injector.istio.io");
        Replica replica = start(null, null, Lives.DEFAULT);
        ServingCertificate first = ServingCertificate.in(folder);
        List<String> faults = new CopyOnWriteArrayList<>();
        try (CertificateFolderWatch watch = replica.keeper.follow(folder, first, faults::add)) {
            watch.start();
            assertThat(refused(replica)).isZero();
            Files.writeString(folder.resolve("tls.key"), ServingCertificate.selfMade().key());
            eventually("refused", () -> refused(replica) == 1 && faults.size() == 1);
            Files.writeString(folder.resolve("tls.key"), first.key());
            eventually("good again", () -> faults.size() == 2);
            assertThat(refused(replica)).isEqualTo(1);
        }
    }

    private static double refused(Replica replica) {
        return replica.registry.scrape(name -> name.equals("sidecar_injector_certificate_changes")).stream()
                .flatMap(metric -> metric.getDataPoints().stream()).filter(point -> "refused".equals(point.getLabels().get("change")))
                .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue()).sum();
    }

    RegistrationApi api() {
        return api;
    }

    Replica start(Path registrations, String owner, Lives lives) {
        ServedCertificate served = new ServedCertificate(ServingCertificate.selfMade());
        Readiness readiness = new Readiness();
        KeeperOptions options = new KeeperOptions(revision, NAMESPACE, "replica-" + replicas.size(), secret,
                List.of("sidecar-injector.default.svc"), lives,
                registrations, owner, Map.of("sidecar.istio.io/inject", "false"));
        PrometheusRegistry registry = new PrometheusRegistry();
        Keeper keeper = new Keeper(client, options, served, readiness, registry, (_, reason, _) -> incidents.add(reason),
                Clock.systemUTC());
        keeper.start();
        Replica replica = new Replica(keeper, served, readiness, registry);
        replicas.add(replica);
        return replica;
    }

    String wanted(String suffix) {
        return WantedRegistrationTest.good(name(suffix)).replace("istio.io/rev: default", "istio.io/rev: " + revision);
    }

    private void make(String suffix, String... entries) {
        GenericKubernetesResource made = object(Registration.API, Registration.KIND, name(suffix));
        made.getMetadata().setLabels(Map.of("istio.io/rev", revision));
        made.setAdditionalProperty("webhooks", java.util.Arrays.stream(entries)
                .map(entry -> Map.of("name", entry, "admissionReviewVersions", List.of("v1"), "sideEffects", "None", "failurePolicy",
                        "Ignore", "timeoutSeconds", 7,
                        "clientConfig", Map.of("service", Map.of("name", "x", "namespace", "default")), "namespaceSelector",
                        Map.of("matchLabels", Map.of("no", "where"))))
                .toList());
        client.genericKubernetesResources(Registration.API, Registration.KIND).resource(made).create();
    }

    private static GenericKubernetesResource object(String version, String kind, String name) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(version);
        object.setKind(kind);
        object.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder().withName(name).build());
        return object;
    }

    private void patch(String suffix, String json) {
        client.genericKubernetesResources(Registration.API, Registration.KIND).withName(name(suffix)).patch(
                io.fabric8.kubernetes.client.dsl.base.PatchContext.of(io.fabric8.kubernetes.client.dsl.base.PatchType.STRATEGIC_MERGE),
                json);
    }

    private void delete(String name) {
        client.genericKubernetesResources(Registration.API, Registration.KIND).withName(name).delete();
    }

    private String bundle(String suffix) {
        for (JsonNode webhook : api.get(name(suffix)).tree().path("webhooks")) {
            return webhook.at("/clientConfig/caBundle").asString("");
        }
        return "";
    }

    private String name(String suffix) {
        return revision + "-" + suffix;
    }

    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
