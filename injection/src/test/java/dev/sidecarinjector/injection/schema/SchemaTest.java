package dev.sidecarinjector.injection.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.Field.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of types says what the Kubernetes model of another project says, and the facts that the merge lives on. */
class SchemaTest {
    private static final List<String> PACKAGES = List.of("io.fabric8.kubernetes.api.model.", "io.fabric8.kubernetes.api.model.apps.",
            "io.fabric8.kubernetes.api.model.batch.v1.");

    /** What the model has of the Kubernetes release after ours. To us these are unknown fields, which survive. */
    private static final List<String> YOUNGER = List.of("ClusterTrustBundleProjection.user is missing",
            "ConfigMapVolumeSource.defaultUser is missing", "DownwardAPIVolumeFile.user is missing",
            "DownwardAPIVolumeSource.defaultUser is missing", "EmptyDirVolumeSource.mode is missing", "GRPCAction.mode is missing",
            "HTTPGetAction.protocol is missing", "JobSpec.scheduling is missing", "KeyToPath.user is missing",
            "NodeAllocatableResourceClaimStatus.mapping is missing", "NodeAllocatableResourceClaimStatus.overhead is missing",
            "NodeAllocatableResourceClaimStatus.resources is not there", "PersistentVolumeClaimStatus.healthStatus is missing",
            "PodCertificateProjection.user is missing", "PodSpec.evictionResponders is missing", "PodStatus.volumeHealth is missing",
            "ProjectedVolumeSource.defaultUser is missing", "SecretVolumeSource.defaultUser is missing",
            "ServiceAccountTokenProjection.user is missing", "VolumeMount.bindMountOptions is missing");

    @Test
    void everyTypeCanBeReadAndRefersToTypesThatExist() {
        assertThat(Schema.names()).hasSizeGreaterThan(190);
        for (String name : Schema.names()) {
            StructType type = Schema.type(name);
            assertThat(type.name()).isEqualTo(name);
            assertThat(type.fields()).isNotEmpty();
            for (Field field : type.fields()) {
                assertThat(type.field(field.name())).isSameAs(field);
                assertThat(type.goField(field.goName())).isSameAs(field);
                StructType struct = field.struct();
                assertThat(struct != null).isEqualTo(field.shape() == Shape.STRUCT);
                if (field.mergeKey() != null && struct != null) {
                    assertThat(struct.field(field.mergeKey())).as(name + "." + field.name()).isNotNull();
                }
            }
        }
    }

    @Test
    void fieldsAndTypesAreThoseOfTheFabric8Model() {
        Set<String> problems = new TreeSet<>();
        int checked = 0;
        for (String name : Schema.names()) {
            Optional<Class<?>> model = model(name);
            if (model.isPresent()) {
                checked++;
                compare(Schema.type(name), model.get(), problems);
            }
        }
        assertThat(checked).isGreaterThan(150);
        assertThat(problems).isEqualTo(new TreeSet<>(YOUNGER));
    }

    @Test
    void mergeKeysAreThoseOfThePod() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : List.of("ObjectMeta", "PodSpec", "Container")) {
            for (Field field : Schema.type(name).fields()) {
                if (field.merges()) {
                    keys.put(name + "." + field.name(), String.valueOf(field.mergeKey()));
                }
            }
        }
        assertThat(keys).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("ObjectMeta.ownerReferences", "uid"),
                Map.entry("ObjectMeta.finalizers", "null"), Map.entry("PodSpec.volumes", "name"),
                Map.entry("PodSpec.initContainers", "name"), Map.entry("PodSpec.containers", "name"),
                Map.entry("PodSpec.ephemeralContainers", "name"), Map.entry("PodSpec.imagePullSecrets", "name"),
                Map.entry("PodSpec.hostAliases", "ip"), Map.entry("PodSpec.topologySpreadConstraints", "topologyKey"),
                Map.entry("PodSpec.schedulingGates", "name"), Map.entry("PodSpec.resourceClaims", "name"),
                Map.entry("Container.ports", "containerPort"), Map.entry("Container.env", "name"),
                Map.entry("Container.volumeMounts", "mountPath"), Map.entry("Container.volumeDevices", "devicePath")));
    }

    @Test
    void kindsAreKnownWithoutTheirApiVersion() {
        for (String kind : List.of("Pod", "ReplicationController", "Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "Job", "CronJob",
                "DeploymentConfig", "List")) {
            assertThat(Schema.ofKind(kind)).isNotNull().extracting(StructType::name).isEqualTo(kind);
        }
        assertThat(Schema.ofKind("Service")).isNull();
        assertThat(Schema.ofKind("Container")).as("a type, but no kind").isNull();
    }

    @Test
    void aTypeThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Schema.type("Podd")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Podd");
    }

    private static void compare(StructType type, Class<?> model, Set<String> problems) {
        Map<String, Type> theirs = fields(model);
        for (Field field : type.fields()) {
            Type their = theirs.remove(field.name());
            String where = type.name() + "." + field.name();
            if (their == null) {
                problems.add(where + " is not there");
            } else if (!name(field).equals(name(their)) && field.shape() != Shape.RAW) {
                problems.add(where + " is " + name(field) + ", there " + name(their));
            }
        }
        theirs.keySet().forEach(name -> problems.add(type.name() + "." + name + " is missing"));
    }

    private static Map<String, Type> fields(Class<?> model) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (java.lang.reflect.Field field : model.getDeclaredFields()) {
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            if (property != null) {
                fields.put(property.value(), field.getGenericType());
            }
        }
        return fields;
    }

    private static Optional<Class<?>> model(String name) {
        return PACKAGES.stream().flatMap(prefix -> {
            try {
                return Stream.<Class<?>>of(Class.forName(prefix + name));
            } catch (ClassNotFoundException _) {
                return Stream.empty();
            }
        }).findFirst();
    }

    private static String name(Field field) {
        String element = switch (field.shape()) {
            case STRING, TIME -> "String";
            case BOOL -> "Boolean";
            case INT32 -> "Integer";
            case INT64 -> "Long";
            case INT_OR_STRING -> "IntOrString";
            case QUANTITY -> "Quantity";
            case RAW -> "Object";
            case STRUCT -> field.typeName();
        };
        return field.arity() == Arity.LIST
                ? "List<" + element + ">"
                : field.arity() == Arity.MAP ? "Map<String, " + element + ">" : element;
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            List<String> arguments = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(name(argument));
            }
            return name(generic.getRawType()) + "<" + String.join(", ", arguments) + ">";
        }
        return ((Class<?>) type).getSimpleName();
    }
}
