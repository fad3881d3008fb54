package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateState;
import dev.sidecarinjector.webhook.certificate.Keyring;
import dev.sidecarinjector.webhook.certificate.Step;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Secret and the registrations of a real cluster. Used by one thread. */
final class KubernetesRecords implements Records<SecretRecord, Registration> {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesRecords.class);

    private final RegistrationApi api;
    private final KeeperOptions options;
    private final Supplier<TrustBundle> given;
    private final KeeperMetrics metrics;
    private final Incidents incidents;
    private final InstantSource clock;
    private final RepairBudget budget = new RepairBudget();
    /** What was applied last, and the version that came of it: what the API server made of it is as wanted. */
    private final Map<String, Applied> applied = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private List<WantedRegistration> wanted = List.of();
    /** What our Secret held when it was last seen: put back when somebody deletes it, so that clients notice nothing. */
    private @Nullable Keyring last;

    private record Applied(ObjectNode body, String version) {}

    /** @param given what clients should trust where the certificates are in files */
    KubernetesRecords(RegistrationApi api, KeeperOptions options, Supplier<TrustBundle> given, KeeperMetrics metrics, Incidents incidents,
            InstantSource clock) {
        this.api = api;
        this.options = options;
        this.given = given;
        this.metrics = metrics;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** What files want from now on. */
    void want(List<WantedRegistration> registrations) {
        wanted = registrations;
    }

    /** Whoever leads anew applies all of it once: an earlier leader may have applied fields that are wanted no more. */
    void begin() {
        applied.clear();
    }

    @Override
    public List<Registration> registrations() {
        List<Registration> found = new ArrayList<>(api.labelled());
        for (WantedRegistration one : wanted) {
            if (found.stream().noneMatch(other -> other.name().equals(one.name()))) {
                Registration unlabelled = api.get(one.name());
                if (unlabelled.exists() || options.owner() != null) {
                    found.add(unlabelled);
                }
            }
        }
        return found;
    }

    @Override
    public SecretRecord secret() {
        String name = options.secret();
        if (name == null) {
            return SecretRecord.given(given.get());
        }
        SecretRecord read = SecretRecord.of(api.secret(options.namespace(), name));
        if (read.ours() && read.keyring().key() != null && read.keyring().serving() != null) {
            last = read.keyring();
        }
        return read;
    }

    @Override
    public @Nullable CertificateState state(SecretRecord secret) {
        return secret.ours() ? secret.keyring().state(options.names()) : null;
    }

    @Override
    public boolean trusts(Registration registration, String authority) {
        return registration.bundles().stream()
                .allMatch(bundle -> bundle.authorities().stream().anyMatch(one -> TrustBundle.id(one).equals(authority)));
    }

    @Override
    public @Nullable Registration repair(Registration registration, SecretRecord secret) {
        WantedRegistration want = wanted.stream().filter(one -> one.name().equals(registration.name())).findFirst().orElse(null);
        Instant now = clock.instant();
        TrustBundle bundle = secret.ours() ? secret.keyring().bundle() : registration.trusting(given.get(), now);
        if (secret.ours() && bundle.isEmpty()) {
            // An apply without authorities would take away those that clients trust.
            return registration;
        }
        if (want == null && (bundle.isEmpty() || registration.othersBundle())) {
            return registration;
        }
        ObjectNode body = want == null
                ? registration.caBundles(bundle.pem())
                : wanted(want, registration.othersBundle() ? TrustBundle.NONE : bundle);
        JsonNode authors = want == null ? null : FieldOwners.ofAuthor(registration.tree(), body);
        if (authors != null) {
            body = FieldOwners.without(body, authors);
        }
        Applied before = applied.get(registration.name());
        boolean first = want != null && authors == null && (before == null || !before.body().equals(body));
        String difference = Drift.find(body, registration.tree());
        boolean known = before != null && before.body().equals(body) && before.version().equals(registration.version());
        if (!first && (difference == null || known)) {
            return registration;
        }
        // A new bundle of our own is no repair.
        boolean repair = before != null && before.body().equals(body);
        if (repair && !budget.delay(registration.name(), now).isZero()) {
            waiting.add(registration.name());
            return null;
        }
        Registration after = apply(registration, body, want == null ? bundle : null, authors != null);
        if (after != null) {
            waiting.remove(registration.name());
            applied.put(registration.name(), new Applied(body, after.version()));
            if (!after.version().equals(registration.version())) {
                written(after, difference, repair, now);
            }
        }
        return after;
    }

    /** Objects whose repair has to wait, because somebody undoes it again and again. */
    Set<String> waiting() {
        return Set.copyOf(waiting);
    }

    private ObjectNode wanted(WantedRegistration want, TrustBundle bundle) {
        ObjectNode body = want.tree().deepCopy();
        if (!bundle.isEmpty()) {
            for (JsonNode webhook : body.path("webhooks")) {
                if (webhook.path("clientConfig") instanceof ObjectNode client && !client.has("caBundle")) {
                    client.put("caBundle", Registration.base64(bundle.pem()));
                }
            }
        }
        ObjectNode owner = options.owner() == null ? null : api.owner(options.owner());
        if (owner != null) {
            ((ObjectNode) body.path("metadata")).putArray("ownerReferences").add(owner);
        }
        return body;
    }

    /**
     * Writes.
     *
     * @param only     set where nothing but the authorities is ours
     * @param authored whether somebody else applies the object
     */
    private @Nullable Registration apply(Registration registration, ObjectNode body, @Nullable TrustBundle only, boolean authored) {
        try {
            if (only != null) {
                return api.setBundles(registration, only.pem());
            }
            if (authored) {
                return api.overlay(registration, body);
            }
            if (registration.exists()) {
                return api.apply(body, registration.version());
            }
            if (!body.path("metadata").has("ownerReferences")) {
                LOG.warn("MutatingWebhookConfiguration {} is missing, and is not made anew: there is no ClusterRole {} to own it",
                        registration.name(),
                        options.owner());
                return registration;
            }
            // An apply would overwrite what somebody else made in the meantime; a create does not.
            return api.apply(body, api.create(body).version());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return null;
            }
            throw e;
        }
    }

    private void written(Registration after, @Nullable String difference, boolean repair, Instant now) {
        metrics.repaired(repair ? "edited" : difference == null ? "applied" : "changed");
        LOG.info("MutatingWebhookConfiguration {}: {}", after.name(), difference == null ? "applied" : "set " + difference);
        if (repair && budget.spend(after.name(), now)) {
            metrics.fight();
            String note = "Somebody keeps changing " + difference
                    + "; it is put back, ever more rarely. See its metadata.managedFields for who that is.";
            LOG.warn("MutatingWebhookConfiguration {}: {}", after.name(), note);
            incidents.report(after.name(), "RegistrationContested", note);
        }
    }

    @Override
    public boolean write(SecretRecord secret, Step step, Instant now) {
        String name = options.secret();
        if (name == null) {
            return false;
        }
        boolean deleted = secret.version().isEmpty() && last != null;
        Keyring next = deleted ? Objects.requireNonNull(last) : secret.keyring().after(step, options.names(), now, options.lives());
        boolean written = api.write(secret.holding(options.namespace(), name, next));
        if (written && deleted) {
            LOG.warn("Secret {}/{} was deleted, and is put back as it was", options.namespace(), name);
        } else if (written) {
            metrics.stepped(step);
            LOG.info("Secret {}/{}: {}", options.namespace(), name, switch (step) {
                case Step.NewAuthority _ -> "a new authority; certificates of it are served once every registration shows it";
                case Step.NewLeaf _ -> "a new certificate";
                case Step.Forget _ -> "authorities that have ended were taken out";
                case Step.Wait _ -> "nothing";
            });
        }
        return written;
    }
}
