package dev.sidecarinjector.webhook.registration;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls to the API server: each reads what is there now, each write fails with 409 when that has changed. */
final class RegistrationApi {
    static final String MANAGER = "sidecar-injector";

    private final KubernetesClient client;
    private final String revision;

    RegistrationApi(KubernetesClient client, String revision) {
        this.client = client;
        this.revision = revision;
    }

    List<Registration> labelled() {
        return all().withLabel(WantedRegistration.REVISION, revision).list().getItems().stream().map(this::registration).toList();
    }

    Registration get(String name) {
        GenericKubernetesResource found = all().withName(name).get();
        return found == null ? Registration.absent(name) : registration(found);
    }

    /** Not started yet. */
    SharedIndexInformer<GenericKubernetesResource> watch() {
        return all().withLabel(WantedRegistration.REVISION, revision).runnableInformer(0);
    }

    /** Not started yet. */
    SharedIndexInformer<Secret> watchSecret(String namespace, String name) {
        return client.secrets().inNamespace(namespace).withName(name).runnableInformer(0);
    }

    Registration registration(GenericKubernetesResource resource) {
        return new Registration(resource.getMetadata().getName(), resource.getMetadata().getResourceVersion(),
                client.getKubernetesSerialization().convertValue(resource, JsonNode.class));
    }

    /** Server-side apply by our field manager, with force; on one version of the object only. */
    Registration apply(ObjectNode body, String version) {
        ObjectNode locked = body.deepCopy();
        ((ObjectNode) locked.path("metadata")).put("resourceVersion", version);
        GenericKubernetesResource item = client.getKubernetesSerialization().convertValue(locked, GenericKubernetesResource.class);
        PatchContext context = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(MANAGER)
                .withForce(true).build();
        return registration(all().resource(item).patch(context));
    }

    /** Sets the authorities of our entries and nothing else; on that version of the object only. */
    Registration setBundles(Registration registration, String pem) {
        PatchContext context = new PatchContext.Builder().withPatchType(PatchType.JSON).withFieldManager(MANAGER).build();
        return registration(all().withName(registration.name()).patch(context, registration.bundlePatch(pem).toString()));
    }

    /** Sets these fields and nothing else; on that version of the object only. */
    Registration overlay(Registration registration, JsonNode fields) {
        PatchContext context = new PatchContext.Builder().withPatchType(PatchType.JSON).withFieldManager(MANAGER).build();
        return registration(all().withName(registration.name()).patch(context, registration.overlay(fields).toString()));
    }

    /** The bare object, for an apply to fill. */
    Registration create(ObjectNode body) {
        ObjectNode head = Registration.head(body.path("metadata").path("name").asString(""));
        ((ObjectNode) head.path("metadata")).set("labels", body.path("metadata").path("labels"));
        ((ObjectNode) head.path("metadata")).set("ownerReferences", body.path("metadata").path("ownerReferences"));
        return registration(
                all().resource(client.getKubernetesSerialization().convertValue(head, GenericKubernetesResource.class)).create());
    }

    @Nullable
    ObjectNode owner(String clusterRole) {
        ClusterRole role = client.rbac().clusterRoles().withName(clusterRole).get();
        return role == null
                ? null
                : JsonNodeFactory.instance.objectNode().put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", "ClusterRole")
                        .put("name", clusterRole).put("uid", role.getMetadata().getUid());
    }

    @Nullable
    Secret secret(String namespace, String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    /** @return false where somebody else wrote since it was read */
    boolean write(Secret secret) {
        try {
            var operation = client.secrets().inNamespace(secret.getMetadata().getNamespace()).resource(secret);
            if (secret.getMetadata().getResourceVersion() == null) {
                operation.create();
            } else {
                operation.update();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return false;
            }
            throw e;
        }
    }

    private MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all() {
        return client.genericKubernetesResources(Registration.API, Registration.KIND);
    }
}
