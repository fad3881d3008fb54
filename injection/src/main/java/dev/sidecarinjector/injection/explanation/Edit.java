package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.registration.Admission;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One small change to a pod or its namespace. */
public sealed interface Edit {
    /** A label of the namespace; null removes it. */
    record NamespaceLabel(String name, @Nullable String value) implements Edit {
        @Override
        public Admission apply(Admission admission) {
            Map<String, String> labels = new HashMap<>(admission.namespaceLabels() == null ? Map.of() : admission.namespaceLabels());
            if (value == null) {
                labels.remove(name);
            } else {
                labels.put(name, value);
            }
            return admission.withNamespaceLabels(labels);
        }

        @Override
        public String sentence() {
            return value == null ? "remove the namespace's label " + name : "label the namespace " + name + "=" + value;
        }
    }

    /** A label or an annotation of the pod; null removes it. */
    record PodEntry(String map, String name, @Nullable String value) implements Edit {
        @Override
        public Admission apply(Admission admission) {
            ObjectNode pod = admission.pod().deepCopy();
            ObjectNode metadata = pod.withObject("metadata");
            if (value != null) {
                metadata.withObject(map).put(name, value);
            } else if (metadata.get(map) instanceof ObjectNode entries) {
                entries.remove(name);
            }
            return admission.withPod(pod);
        }

        @Override
        public String sentence() {
            String what = map.equals("labels") ? "label " : "annotation ";
            return value == null ? "remove the pod's " + what + name : "give the pod the " + what + name + "=" + value;
        }
    }

    /** The pod gets a network of its own. */
    record OwnNetwork() implements Edit {
        @Override
        public Admission apply(Admission admission) {
            ObjectNode pod = admission.pod().deepCopy();
            pod.withObject("spec").remove("hostNetwork");
            return admission.withPod(pod);
        }

        @Override
        public String sentence() {
            return "remove spec.hostNetwork of the pod";
        }
    }

    /** The admission with the change; the given one stays as it is. */
    Admission apply(Admission admission);

    /** For a person: what to do. */
    String sentence();
}
