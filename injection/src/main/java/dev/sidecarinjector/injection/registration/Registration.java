package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A MutatingWebhookConfiguration, as far as it concerns pods.
 *
 * @param name     of the object
 * @param revision of its label {@code istio.io/rev}; empty where it has none
 */
public record Registration(String name, String revision, List<Entry> entries) {
    /** Ends the names of the entries that belong to an injector; those of others are left alone. */
    private static final String INJECTOR = "sidecar-injector.istio.io";

    public Registration {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the object; entries that are no injector's are left out.
     *
     * @throws ConfigurationException where a selector is none
     */
    public static Registration of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        List<Entry> entries = new ArrayList<>();
        for (JsonNode webhook : object.path("webhooks")) {
            if (webhook.path("name").asString("").endsWith(INJECTOR)) {
                entries.add(Entry.of(webhook));
            }
        }
        return new Registration(metadata.path("name").asString(""), metadata.path("labels").path("istio.io/rev").asString(""), entries);
    }

    /** Evaluates every entry. */
    public List<EntryTrace> trace(Admission admission) {
        List<EntryTrace> traces = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            traces.add(EntryTrace.of(name, entry.name(), entry.checks(admission)));
        }
        return traces;
    }

    /** Whether one of the entries asks the webhook. */
    public static Truth asks(List<EntryTrace> traces) {
        Truth asked = Truth.NO;
        for (EntryTrace trace : traces) {
            asked = asked.or(trace.truth());
        }
        return asked;
    }
}
