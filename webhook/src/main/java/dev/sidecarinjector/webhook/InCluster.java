package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.certificate.CertificateFolderWatch;
import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServerNames;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import dev.sidecarinjector.webhook.cluster.ClusterClient;
import dev.sidecarinjector.webhook.cluster.ClusterCondition;
import dev.sidecarinjector.webhook.cluster.InformedCluster;
import dev.sidecarinjector.webhook.config.ConfigurationFolder;
import dev.sidecarinjector.webhook.config.ConfigurationMaps;
import dev.sidecarinjector.webhook.config.ConfigurationSource;
import dev.sidecarinjector.webhook.config.LiveConfiguration;
import dev.sidecarinjector.webhook.config.LoadReport;
import dev.sidecarinjector.webhook.event.AdmissionEvents;
import dev.sidecarinjector.webhook.event.EventRecorder;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.observe.ProcessMetrics;
import dev.sidecarinjector.webhook.registration.Incidents;
import dev.sidecarinjector.webhook.registration.Keeper;
import dev.sidecarinjector.webhook.registration.KeeperOptions;
import dev.sidecarinjector.webhook.server.Readiness;
import dev.sidecarinjector.webhook.server.Readiness.Part;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that there are with a cluster only, made by the settings; what they have in common is one client. */
final class InCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InCluster.class);
    /** How long the server is not even started for the sake of a first configuration and a first look at the cluster. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The chart's pods have it, so that no registration may match them. */
    private static final Map<String, String> OWN_LABELS = Map.of("sidecar.istio.io/inject", "false");
    private static final String SECRET = "secret/";

    private final Settings settings;
    private final Readiness readiness;
    private final PrometheusRegistry registry;
    private final String namespace;
    private final String pod;
    private final @Nullable String podUid;
    private final KubernetesClient client;
    private final EventRecorder events;
    private final ClusterCondition condition;
    private @Nullable InformedCluster informed;
    private @Nullable Keeper keeper;

    InCluster(Settings settings, Map<String, String> variables, Readiness readiness, PrometheusRegistry registry) {
        this.settings = settings;
        this.readiness = readiness;
        this.registry = registry;
        namespace = settings.namespace != null ? settings.namespace : variables.getOrDefault("POD_NAMESPACE", "istio-system");
        pod = variables.getOrDefault("POD_NAME", "");
        podUid = variables.get("POD_UID");
        readiness.report(Part.CONFIGURATION, State.NOT_READY, "nothing was read yet");
        client = ClusterClient.connect(settings.kubeconfig, ProcessMetrics.version());
        events = new EventRecorder(client, pod, registry, Clock.systemUTC());
        condition = new ClusterCondition((state, detail) -> readiness.report(Part.CLUSTER, state, detail));
    }

    /** The configuration, not yet followed; it is exchanged together with the view of the cluster. */
    LiveConfiguration configuration(Features features, Admissions admissions, Function<Events, LoadReport> report) {
        InformedCluster cluster = new InformedCluster(client, features, events, condition);
        informed = cluster;
        ConfigurationSource source = settings.configDir != null
                ? new ConfigurationFolder(settings.configDir, ownPod())
                : new ConfigurationMaps(client, names(), condition);
        return new LiveConfiguration(source, features, configuration -> admissions.use(new Injector(configuration)::inject,
                cluster.view(configuration.mesh().rootNamespace())), report.apply(events));
    }

    private ConfigurationMaps.Names names() {
        ConfigurationMaps.Names usual = ConfigurationMaps.Names.of(namespace, settings.revision);
        return new ConfigurationMaps.Names(namespace, Objects.requireNonNullElse(settings.injectorConfigMap, usual.injector()),
                Objects.requireNonNullElse(settings.meshConfigMap, usual.mesh()));
    }

    /** What is shown first: that of the files, that of the Secret, or one that nobody trusts yet. */
    ServedCertificate certificate(@Nullable TrustBundle clients) {
        if (settings.certDir != null) {
            return new ServedCertificate(ServingCertificate.in(settings.certDir), clients);
        }
        ServingCertificate kept = settings.certSecret == null ? null : inSecret(settings.certSecret);
        return new ServedCertificate(kept != null ? kept : ServingCertificate.selfMade(settings.service, namespace), clients);
    }

    private @Nullable ServingCertificate inSecret(String name) {
        try {
            return Keeper.inSecret(client, namespace, name).orElse(null);
        } catch (KubernetesClientException e) {
            LOG.warn("The Secret {}/{} cannot be read yet: {}; it is tried again", namespace, name, e.getMessage());
            return null;
        }
    }

    /** Keeps certificate and registrations; not yet started. */
    Keeper keeper(ServedCertificate served) {
        String identity = (pod.isEmpty() ? "sidecar-injector" : pod) + "-" + UUID.randomUUID().toString().substring(0, 8);
        KeeperOptions options = new KeeperOptions(settings.revision, namespace, identity, settings.certSecret,
                ServerNames.of(settings.service, namespace), lives(),
                settings.registrationDir, settings.registrationOwner, OWN_LABELS);
        keeper = new Keeper(client, options, served, readiness, registry, incidents(), Clock.systemUTC());
        return keeper;
    }

    private Lives lives() {
        if (settings.certLife == null) {
            return Lives.DEFAULT;
        }
        return settings.certRenewal == null ? Lives.of(settings.certLife) : Lives.of(settings.certLife, settings.certRenewal);
    }

    /** Offers what files hold to the keeper, which shows it when its clients trust it. */
    CertificateFolderWatch follow(Path folder, ServedCertificate served, Consumer<String> fault) {
        return Objects.requireNonNull(keeper).follow(folder, served.certificate(), fault);
    }

    private Incidents incidents() {
        return (object, reason, note) -> events.report(object.startsWith(SECRET)
                ? new ObjectReferenceBuilder().withApiVersion("v1").withKind("Secret").withNamespace(namespace)
                        .withName(object.substring(SECRET.length())).build()
                : new ObjectReferenceBuilder().withApiVersion("admissionregistration.k8s.io/v1").withKind("MutatingWebhookConfiguration")
                        .withName(object).build(),
                Events.Type.WARNING, reason, note);
    }

    /** Begins to follow the configuration and waits a little for the first one, and for a first look at the cluster. */
    void await(LiveConfiguration live) throws InterruptedException {
        live.start();
        if (!live.awaitFirst(PATIENCE)) {
            LOG.warn("No configuration yet; the server starts and is not ready, /healthz/ready says why");
        }
        Objects.requireNonNull(informed).await(PATIENCE);
    }

    AdmissionObserver admissionEvents() {
        return new AdmissionEvents(events);
    }

    private @Nullable ObjectReference ownPod() {
        return pod.isEmpty()
                ? null
                : new ObjectReferenceBuilder().withApiVersion("v1").withKind("Pod").withNamespace(namespace).withName(pod)
                        .withUid(podUid).build();
    }

    @Override
    public void close() {
        if (informed != null) {
            informed.close();
        }
        events.close();
        client.close();
    }
}
