package dev.sidecarinjector.webhook.event;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes series as Events of {@code events.k8s.io/v1}; the API server shows them as those of the core group too. */
final class EventWriter {
    /** Limits of the API server's validation, in bytes. */
    private static final int NOTE = 1024;
    private static final int INSTANCE = 128;
    private static final int NAME = 253;
    private static final int NOT_FOUND = 404;
    /** Seconds for an answer. */
    private static final long LONGEST = 15;
    private static final String CONTROLLER = "sidecar-injector";
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final String instance;

    /** @param instance who reports: the pod's name */
    EventWriter(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = cut(instance.isEmpty() ? CONTROLLER : instance, INSTANCE, "");
    }

    /**
     * Creates the series' Event, or brings the count of the one that there is up to date.
     *
     * @throws KubernetesClientException where the API server refuses or cannot be reached
     */
    void write(Series series) {
        if (series.name() == null || !update(series, series.name())) {
            create(series);
        }
    }

    private void create(Series series) {
        Event event = event(series);
        client.events().v1().events().inNamespace(event.getMetadata().getNamespace()).resource(event).create();
        series.written(event.getMetadata().getName());
    }

    /** Events live for an hour: false where it is gone. By hand, since the client's own patch reads the object first, which is one permission more. */
    private boolean update(Series series, String name) {
        String patch = "{\"series\":{\"count\":" + series.count() + ",\"lastObservedTime\":\"" + time(series.last()) + "\"}}";
        String server = client.getConfiguration().getMasterUrl();
        URI uri = URI.create(
                server + (server.endsWith("/") ? "" : "/") + "apis/events.k8s.io/v1/namespaces/" + namespace(series) + "/events/" + name);
        HttpRequest request = client.getHttpClient().newHttpRequestBuilder().uri(uri)
                .method("PATCH", "application/merge-patch+json", patch).build();
        HttpResponse<String> response;
        try {
            response = client.getHttpClient().sendAsync(request, String.class).get(LONGEST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("no answer to PATCH " + uri, e);
        }
        if (response.isSuccessful() || response.code() == NOT_FOUND) {
            return response.isSuccessful();
        }
        throw new KubernetesClientException("PATCH " + uri + " is answered with " + response.code(), response.code(), null);
    }

    private Event event(Series series) {
        EventBuilder event = new EventBuilder()
                .withNewMetadata().withNamespace(namespace(series)).withName(name(series)).endMetadata()
                .withEventTime(new MicroTime(time(series.first())))
                .withType(series.key().type().spelling()).withReason(series.key().reason()).withAction(series.key().reason())
                .withNote(cut(series.key().note(), NOTE, "…"))
                .withRegarding(series.about()).withReportingController(CONTROLLER).withReportingInstance(instance);
        // A series begins with the second time; the API server refuses one of a single time.
        return series.count() < 2
                ? event.build()
                : event.withNewSeries().withCount(series.count()).withNewLastObservedTime(time(series.last())).endSeries().build();
    }

    private static String namespace(Series series) {
        String namespace = series.key().subject().namespace();
        return namespace.isEmpty() ? "default" : namespace;
    }

    /** The object's name and a number that no other Event about it has, as Kubernetes' own controllers do it. */
    private static String name(Series series) {
        Instant first = series.first();
        String suffix = "." + Long.toHexString(first.getEpochSecond() * 1_000_000_000L + first.getNano())
                + Integer.toHexString(series.key().hashCode());
        return cut(series.key().subject().name(), NAME - suffix.length(), "") + suffix;
    }

    private static String time(Instant time) {
        return MICROS.format(time);
    }

    /** At most so many bytes of UTF-8, with a sign that something is missing. */
    static String cut(String text, int bytes, String sign) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        int room = bytes - sign.getBytes(StandardCharsets.UTF_8).length;
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (used + size > room) {
                break;
            }
            used += size;
            end += Character.charCount(point);
        }
        return text.substring(0, end) + sign;
    }
}
