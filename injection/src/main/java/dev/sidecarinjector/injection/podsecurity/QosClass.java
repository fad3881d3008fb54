package dev.sidecarinjector.injection.podsecurity;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The class of a pod's quality of service, by the rules of Kubernetes' documentation ("Pod Quality of Service Classes"). */
public enum QosClass {
    GUARANTEED("Guaranteed"), BURSTABLE("Burstable"), BEST_EFFORT("BestEffort");

    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private final String spelling;

    QosClass(String spelling) {
        this.spelling = spelling;
    }

    /** As in the status of a pod. */
    public String spelling() {
        return spelling;
    }

    /** The class that a pod with this spec gets. */
    public static QosClass of(JsonNode spec) {
        boolean any = false;
        boolean all = true;
        // Resources of the pod as a whole stand in the place of those of its containers.
        if (spec.path("resources").isObject() && (counts(spec.path("resources"), "limits") || counts(spec.path("resources"), "requests"))) {
            return guaranteed(spec.path("resources")) ? GUARANTEED : BURSTABLE;
        }
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode resources = container.path("resources");
                any |= counts(resources, "limits") || counts(resources, "requests");
                all &= guaranteed(resources);
            }
        }
        return !any ? BEST_EFFORT : all ? GUARANTEED : BURSTABLE;
    }

    private static boolean counts(JsonNode resources, String kind) {
        return RESOURCES.stream().anyMatch(name -> positive(resources.path(kind).get(name)));
    }

    /** A request that is missing is the limit. */
    private static boolean guaranteed(JsonNode resources) {
        for (String name : RESOURCES) {
            JsonNode limit = resources.path("limits").get(name);
            JsonNode request = resources.path("requests").get(name);
            if (limit == null || !positive(limit) || (request != null && amount(request).compareTo(amount(limit)) != 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean positive(@Nullable JsonNode quantity) {
        return quantity != null && amount(quantity).signum() > 0;
    }

    private static BigDecimal amount(JsonNode quantity) {
        return Amount.of(quantity.asString(""));
    }
}
