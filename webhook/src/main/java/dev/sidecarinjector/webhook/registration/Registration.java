package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.TrustBundle;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A MutatingWebhookConfiguration as the API server has it.
 *
 * @param version its resourceVersion; empty where it does not exist
 */
record Registration(String name, String version, JsonNode tree) {
    static final String API = "admissionregistration.k8s.io/v1";
    static final String KIND = "MutatingWebhookConfiguration";
    /** Entries whose name ends so are this product's (spec section 16). */
    private static final String OURS = "sidecar-injector.istio.io";
    private static final String INJECTED = "cert-manager.io/inject-";

    static Registration absent(String name) {
        return new Registration(name, "", JsonNodeFactory.instance.missingNode());
    }

    boolean exists() {
        return !version.isEmpty();
    }

    /** What each of our entries tells the API server to trust. */
    List<TrustBundle> bundles() {
        return ours().stream().map(entry -> bundle(entry.path("clientConfig").path("caBundle").asString(""))).toList();
    }

    /**
     * What to trust where the certificates are in files: those given and those that we wrote here before, until they end. Another replica, which the new files
     * have not reached, may still serve a certificate of one of those; whoever leads may have started since, and not know.
     */
    TrustBundle trusting(TrustBundle given, Instant now) {
        List<X509Certificate> before = ours().stream().filter(entry -> FieldOwners.areOurs(tree, entry))
                .flatMap(entry -> bundle(entry.path("clientConfig").path("caBundle").asString("")).authorities().stream())
                .filter(one -> now.isBefore(one.getNotAfter().toInstant())).toList();
        TrustBundle kept = TrustBundle.NONE.and(new TrustBundle(before));
        // In the order that they stand in, so that replicas that know different ones don't take turns in changing it.
        return given.isEmpty() || kept.holds(given) ? kept : given.and(kept);
    }

    /** Whether cert-manager was asked to keep the authorities. Then we don't: two who write one field never come to rest. */
    boolean othersBundle() {
        return tree.path("metadata").path("annotations").propertyStream().map(Map.Entry::getKey).anyMatch(key -> key.startsWith(INJECTED));
    }

    /** What is ours where no file says more: the authorities. */
    ObjectNode caBundles(String pem) {
        ObjectNode only = head(name);
        var webhooks = only.putArray("webhooks");
        ours().forEach(entry -> webhooks.addObject().put("name", entry.path("name").asString("")).putObject("clientConfig").put("caBundle",
                base64(pem)));
        return only;
    }

    /**
     * The same as a JSON patch, on this version only. Not as an apply: that would make us an owner of the entry itself, and who applies the object without
     * it some day would be refused, since what stays of it is no valid entry (seen with Kubernetes 1.34).
     */
    ArrayNode bundlePatch(String pem) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject().put("op", "replace").put("path", "/metadata/resourceVersion").put("value", version);
        JsonNode entries = tree.path("webhooks");
        for (int i = 0; i < entries.size(); i++) {
            if (ours().contains(entries.get(i))) {
                patch.addObject().put("op", "add").put("path", "/webhooks/" + i + "/clientConfig/caBundle").put("value", base64(pem));
            }
        }
        return patch;
    }

    /**
     * As a JSON patch, on this version only, for an object that somebody else applies: these fields are ours from now on as far as they change, and nothing else
     * is, the entries themselves included.
     */
    ArrayNode overlay(JsonNode fields) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject().put("op", "replace").put("path", "/metadata/resourceVersion").put("value", version);
        if (fields.has("webhooks")) {
            patch.addObject().put("op", "add").put("path", "/webhooks")
                    .set("value", Drift.laidOver(tree.path("webhooks"), fields.path("webhooks"), "webhooks"));
        }
        fields.path("metadata").properties().stream().filter(field -> !field.getKey().equals("name"))
                .forEach(field -> patch.addObject().put("op", "add").put("path", "/metadata/" + field.getKey()).set("value",
                        Drift.laidOver(tree.path("metadata").path(field.getKey()), field.getValue(), field.getKey())));
        return patch;
    }

    static ObjectNode head(String name) {
        ObjectNode head = JsonNodeFactory.instance.objectNode().put("apiVersion", API).put("kind", KIND);
        head.putObject("metadata").put("name", name);
        return head;
    }

    static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private List<JsonNode> ours() {
        List<JsonNode> entries = new ArrayList<>();
        StreamSupport.stream(tree.path("webhooks").spliterator(), false).filter(entry -> entry.path("name").asString("").endsWith(OURS))
                .forEach(entries::add);
        return entries;
    }

    private static TrustBundle bundle(String base64) {
        try {
            return TrustBundle.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException _) {
            return TrustBundle.NONE;
        }
    }
}
