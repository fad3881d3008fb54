package dev.sidecarinjector.injection;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Works out which workload a pod belongs to (spec section 3.4): from its owner references, seen through the objects that controllers generate. */
final class Owners {
    private Owners() {}

    /**
     * The workload of a pod.
     *
     * @param pod       the pod's tree
     * @param namespace of the request, for a pod that does not say
     */
    static Owner of(JsonNode pod, String namespace) {
        JsonNode metadata = pod.path("metadata");
        String own = metadata.path("namespace").asString("");
        String in = own.isEmpty() ? namespace : own;
        Owner found = metadata.path("generateName").asString("").isEmpty() ? null : controller(metadata, in);
        if (found == null) {
            found = new Owner("v1", "Pod", metadata.path("name").asString(""), in);
        }
        return found.name().isEmpty() ? new Owner(found.apiVersion(), found.kind(), metadata.path("name").asString(""), in) : found;
    }

    private static @Nullable Owner controller(JsonNode metadata, String namespace) {
        for (JsonNode reference : metadata.path("ownerReferences")) {
            if (reference.path("controller").asBoolean(false)) {
                return refined(new Owner(reference.path("apiVersion").asString(""), reference.path("kind").asString(""),
                        reference.path("name").asString(""), namespace), metadata.path("labels"));
            }
        }
        return null;
    }

    private static Owner refined(Owner owner, JsonNode labels) {
        return switch (owner.kind()) {
            case "ReplicaSet" -> {
                String deployment = withoutHash(owner.name(), labels, "pod-template-hash");
                if (deployment != null) {
                    yield new Owner(owner.apiVersion(), "Deployment", deployment, owner.namespace());
                }
                String rollout = withoutHash(owner.name(), labels, "rollouts-pod-template-hash");
                yield rollout == null ? owner : new Owner("v1alpha1", "Rollout", rollout, owner.namespace());
            }
            case "ReplicationController" -> {
                String config = labels.path("deploymentconfig").asString("");
                yield config.isEmpty() ? owner : new Owner(owner.apiVersion(), "DeploymentConfig", config, owner.namespace());
            }
            case "Job" -> {
                String cronJob = withoutTime(owner.name());
                yield cronJob == null ? owner : new Owner("batch/v1", "CronJob", cronJob, owner.namespace());
            }
            default -> owner;
        };
    }

    private static @Nullable String withoutHash(String name, JsonNode labels, String label) {
        String hash = labels.path(label).asString("");
        return !hash.isEmpty() && name.endsWith("-" + hash) ? name.substring(0, name.length() - hash.length() - 1) : null;
    }

    /** A CronJob names its Jobs after itself and the scheduled time: 8 to 10 digits. */
    private static @Nullable String withoutTime(String name) {
        int dash = name.lastIndexOf('-');
        int digits = name.length() - dash - 1;
        if (dash < 1 || digits < 8 || digits > 10) {
            return null;
        }
        for (int i = dash + 1; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return null;
            }
        }
        return name.substring(0, dash);
    }
}
