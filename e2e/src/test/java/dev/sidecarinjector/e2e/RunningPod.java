package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pod that runs: what can be done in its application, and what its proxy has seen. */
record RunningPod(KubernetesClient client, Pod pod) {
    private static final Duration START = Duration.ofMinutes(3);
    /** The proxy writes its log once a second. */
    private static final Duration LOG = Duration.ofSeconds(20);

    /** As soon as it is ready. */
    static RunningPod ready(KubernetesClient client, String namespace, String name) throws InterruptedException {
        Eventually.get(START, "pod " + name + " is ready", () -> complaints(get(client, namespace, name)), List::isEmpty);
        return new RunningPod(client, get(client, namespace, name));
    }

    /** Why it is not ready: conditions that do not hold, and containers that are not ready. */
    private static List<String> complaints(Pod pod) {
        if (pod.getStatus().getConditions().isEmpty()) {
            return List.of("nothing was done with it yet");
        }
        Stream<String> conditions = pod.getStatus().getConditions().stream().filter(condition -> !"True".equals(condition.getStatus()))
                .map(condition -> condition.getType() + ": " + condition.getMessage());
        return Stream.concat(conditions, statuses(pod).filter(status -> !Boolean.TRUE.equals(status.getReady()))
                .map(status -> status.getName() + ": " + status.getState())).toList();
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static Pod get(KubernetesClient client, String namespace, String name) {
        return client.pods().inNamespace(namespace).withName(name).require();
    }

    String address() {
        return pod.getStatus().getPodIP();
    }

    /** Empty in a cluster of one family. */
    Optional<String> address6() {
        return pod.getStatus().getPodIPs().stream().map(PodIP::getIp).filter(ip -> ip.contains(":")).findFirst();
    }

    /** States of containers, init containers among them, by name. */
    Map<String, ContainerStatus> containers() {
        return statuses(get(client, pod.getMetadata().getNamespace(), pod.getMetadata().getName()))
                .collect(Collectors.toMap(ContainerStatus::getName, container -> container));
    }

    /** Begins a command in the application's container. */
    ExecWatch start(ByteArrayOutputStream output, String... command) {
        return client.pods().resource(pod).inContainer("app").writingOutput(output).writingError(output).exec(command);
    }

    /** Both outputs of a command in the application's container, which ends by itself. */
    String run(String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch exec = start(output, command)) {
            exec.exitCode().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(String.join(" ", command) + " in " + pod.getMetadata().getName() + ": " + e + ": " + output, e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    /** What the application gets for a GET, or the words of its failure. */
    String fetch(String url) {
        return run("timeout", "10", "wget", "-qO-", url).strip();
    }

    /** What the proxy says of itself at its port for metrics. */
    String metrics() {
        return client.raw("/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName()
                + ":15090/proxy/stats/prometheus");
    }

    /** One of the proxy's counters; 0 where it has counted nothing yet. */
    long count(String name, String label) {
        Pattern line = Pattern.compile("(?m)^" + name + "\\{[^}]*\"" + label + "\"[^}]*} (\\d+)$");
        return line.matcher(metrics()).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    }

    /** Lines of the access log that have all of these texts, as soon as there is one. */
    List<String> logged(String... texts) throws InterruptedException {
        return Eventually.get(LOG, "the proxy of " + pod.getMetadata().getName() + " logs " + List.of(texts), this::log,
                log -> log.lines().anyMatch(line -> hasAll(line, texts))).lines().filter(line -> hasAll(line, texts)).toList();
    }

    /** The proxy's log. */
    String log() {
        return client.pods().resource(pod).inContainer("istio-proxy").getLog();
    }

    private static boolean hasAll(String line, String... texts) {
        return Stream.of(texts).allMatch(line::contains);
    }

    /** A resource beside this class, with values for its placeholders. */
    static String text(String name, Map<String, String> values) {
        try (var stream = RunningPod.class.getResourceAsStream(name)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (var value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
