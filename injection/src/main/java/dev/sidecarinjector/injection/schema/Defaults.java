package dev.sidecarinjector.injection.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server fills in where an author wrote nothing ({@code pkg/apis/core/v1/defaults.go} of Kubernetes), for pods and pod templates. A
 * pod's requests follow its limits in templates too: that is how their pods come out.
 */
final class Defaults {
    private static final ObjectNode ALWAYS = (ObjectNode) JsonMapper.shared().readTree("""
            {
              "PodSpec": {"restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler", "securityContext": {},
                "terminationGracePeriodSeconds": 30, "enableServiceLinks": true},
              "Container": {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"},
              "EphemeralContainer": {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"},
              "ContainerPort": {"protocol": "TCP"},
              "ObjectFieldSelector": {"apiVersion": "v1"},
              "FileKeySelector": {"optional": false},
              "Probe": {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3},
              "HTTPGetAction": {"path": "/", "scheme": "HTTP"},
              "GRPCAction": {"service": ""},
              "SecretVolumeSource": {"defaultMode": 420},
              "ConfigMapVolumeSource": {"defaultMode": 420},
              "DownwardAPIVolumeSource": {"defaultMode": 420},
              "ProjectedVolumeSource": {"defaultMode": 420},
              "ServiceAccountTokenProjection": {"expirationSeconds": 3600},
              "HostPathVolumeSource": {"type": ""},
              "PersistentVolumeClaimSpec": {"volumeMode": "Filesystem"},
              "ISCSIVolumeSource": {"iscsiInterface": "default"},
              "RBDVolumeSource": {"pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring"},
              "AzureDiskVolumeSource": {"cachingMode": "ReadWrite", "kind": "Shared", "fsType": "ext4", "readOnly": false},
              "ScaleIOVolumeSource": {"storageMode": "ThinProvisioned", "fsType": "xfs"}
            }""");

    private Defaults() {}

    /** Fills a struct, or each element of a list of structs, in place; it is printable already. */
    static void fill(@Nullable JsonNode node, StructType type) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : ALWAYS.path(type.name()).properties()) {
                putIfAbsent(object, field.getKey(), field.getValue());
            }
            switch (type.name()) {
                case "Container", "EphemeralContainer" -> container(object);
                case "Volume" -> volume(object);
                default -> {
                }
            }
            for (Field field : type.fields()) {
                StructType inner = field.struct();
                if (inner != null && field.arity() != Field.Arity.MAP) {
                    fill(object.get(field.name()), inner);
                }
            }
        } else if (node != null && node.isArray()) {
            node.forEach(element -> fill(element, type));
        }
    }

    private static void container(ObjectNode container) {
        if (!container.hasNonNull("imagePullPolicy")) {
            container.put("imagePullPolicy", isLatest(container.path("image").asString("")) ? "Always" : "IfNotPresent");
        }
        JsonNode limits = container.path("resources").path("limits");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            putIfAbsent(container.withObjectProperty("resources").withObjectProperty("requests"), limit.getKey(), limit.getValue());
        }
    }

    /** An image with neither tag nor digest, or with this tag. */
    private static boolean isLatest(String image) {
        int digest = image.indexOf('@');
        String name = digest < 0 ? image : image.substring(0, digest);
        int tag = name.indexOf(':', name.lastIndexOf('/') + 1);
        return tag < 0 ? digest < 0 && !image.isEmpty() : name.substring(tag + 1).equals("latest");
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
    }

    private static void putIfAbsent(ObjectNode object, String name, JsonNode value) {
        if (!object.hasNonNull(name)) {
            object.set(name, value.deepCopy());
        }
    }
}
