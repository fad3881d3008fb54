package dev.sidecarinjector.injection.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The names that the templates of one injection bring, in the order that they would have in a pod made of the templates alone (spec 10.2). */
public final class InjectedNames {
    private List<String> containers = new ArrayList<>();
    private List<String> initContainers = new ArrayList<>();
    private List<String> volumes = new ArrayList<>();
    private List<String> imagePullSecrets = new ArrayList<>();

    /** Takes note of one rendered template; to be called in the templates' order, before the merge uses the overlay up. */
    public void add(ObjectNode overlay) {
        JsonNode spec = overlay.get(PodTree.SPEC);
        if (spec == null) {
            return;
        }
        containers = merged(containers, spec.get("containers"));
        initContainers = merged(initContainers, spec.get("initContainers"));
        volumes = merged(volumes, spec.get("volumes"));
        imagePullSecrets = merged(imagePullSecrets, spec.get("imagePullSecrets"));
    }

    public List<String> containers() {
        return Collections.unmodifiableList(containers);
    }

    public List<String> initContainers() {
        return Collections.unmodifiableList(initContainers);
    }

    public List<String> volumes() {
        return Collections.unmodifiableList(volumes);
    }

    public List<String> imagePullSecrets() {
        return Collections.unmodifiableList(imagePullSecrets);
    }

    List<String> of(Kind kind) {
        return switch (kind) {
            case CONTAINER -> containers;
            case INIT_CONTAINER -> initContainers;
        };
    }

    /** The names after one more strategic merge: directives count, the order is that of spec 10.4. */
    private static List<String> merged(List<String> live, @Nullable JsonNode patch) {
        if (patch == null) {
            return live;
        }
        if (patch.isNull()) {
            return new ArrayList<>();
        }
        List<String> kept = live;
        List<String> brought = new ArrayList<>(patch.size());
        for (JsonNode element : patch) {
            String name = PodTree.text(element, PodTree.NAME);
            String directive = PodTree.text(element, "$patch");
            if ("replace".equals(directive)) {
                kept = new ArrayList<>();
            } else if (name != null && "delete".equals(directive)) {
                kept = new ArrayList<>(kept);
                kept.remove(name);
            } else if (name != null && !brought.contains(name)) {
                brought.add(name);
            }
        }
        return kept.isEmpty() ? brought : brought.isEmpty() ? kept : interleaved(kept, brought);
    }

    /** A name of the live list alone goes first only where both heads were live and it stood earlier. */
    private static List<String> interleaved(List<String> live, List<String> patch) {
        List<String> result = new ArrayList<>(live.size() + patch.size());
        int next = 0;
        for (int i = 0; i < live.size(); i++) {
            if (patch.contains(live.get(i))) {
                continue;
            }
            while (next < patch.size() && !(live.indexOf(patch.get(next)) > i)) {
                result.add(patch.get(next++));
            }
            result.add(live.get(i));
        }
        result.addAll(patch.subList(next, patch.size()));
        return result;
    }
}
