package dev.sidecarinjector.webhook.demo;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.change.Change;
import dev.sidecarinjector.injection.change.PodChanges;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Injects a Deployment through a running webhook and through kube-inject, shows what was added, and compares the two. */
public final class Demo {
    private final URI webhook;
    private final Path manifest;
    private final Path folder;
    private final Path sidecarctl;
    private final boolean colour;

    private Demo(String[] args) {
        webhook = URI.create(args[0]);
        manifest = Path.of(args[1]);
        folder = Path.of(args[2]);
        sidecarctl = Path.of(args[3]);
        colour = args[4].equals("colour");
    }

    /** Arguments: the webhook's URL, a Deployment's file, a folder with {@code certs/}, the program sidecarctl, {@code colour} or {@code plain}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new Demo(args).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        ObjectNode deployment = (ObjectNode) YamlReader.read(Files.readString(manifest));
        ObjectNode pod = Sample.pod(deployment);
        title("1. The webhook is asked about the pod of " + manifest.getFileName());
        ObjectNode injected = throughWebhook(pod);
        PodChanges.between(pod, injected).forEach(change -> print(change.line(colour)));
        print("  the pod with its sidecar: " + write("pod.yaml", injected));

        title("2. kube-inject is given the same Deployment");
        ObjectNode manifest = throughCommandLine();
        print("  the manifest with its sidecar: " + folder.resolve("deployment.yaml"));

        title("3. Do both agree?");
        List<Change> differences = PodChanges.between(Sample.template(injected), manifest.at("/spec/template"));
        differences.forEach(change -> print(change.line(colour)));
        print(differences.isEmpty() ? "  yes: the same pod on both ways" : "  no: the lines above differ (- webhook, + kube-inject)");
        return differences.isEmpty();
    }

    private ObjectNode throughWebhook(ObjectNode pod) throws IOException, InterruptedException {
        byte[] review = JsonMapper.shared().writeValueAsBytes(Sample.review(pod));
        Files.write(folder.resolve("review.json"), review);
        ServingCertificate certificate = ServingCertificate.in(folder.resolve("certs"));
        try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.clientContext()).version(HttpClient.Version.HTTP_1_1)
                .build()) {
            JsonNode answer = JsonMapper.shared()
                    .readTree(client.send(HttpRequest.newBuilder(webhook)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(review))
                            .build(), BodyHandlers.ofByteArray()).body());
            String metrics = client.send(HttpRequest.newBuilder(webhook.resolve("/metrics")).build(), BodyHandlers.ofString()).body();
            print("  decision: " + decision(metrics));
            answer.at("/response/warnings").forEach(warning -> print("  warning: " + warning.asString()));
            if (!answer.at("/response").has("patch")) {
                throw new IOException("the webhook gave no patch: " + answer);
            }
            return Patch.apply(answer, pod);
        }
    }

    /** The one reason that was counted, since this was the webhook's first review. */
    private static String decision(String metrics) {
        for (Reason reason : Reason.values()) {
            if (metrics.contains("reason=\"" + reason.label() + "\"")
                    && metrics.matches("(?s).*reason=\"" + reason.label() + "\"[^\\n]* 1\\.0\\n.*")) {
                return (reason.isFailure() ? "refuse" : reason.verdict().name().toLowerCase(Locale.ROOT)) + ", because " + reason.sentence()
                        + " (" + reason.label() + ")";
            }
        }
        return "unknown";
    }

    private ObjectNode throughCommandLine() throws IOException, InterruptedException {
        Path out = folder.resolve("deployment.yaml");
        Process process = new ProcessBuilder(sidecarctl.toString(), "kube-inject", "-f", manifest.toString(), "-o", out.toString())
                .inheritIO().start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(sidecarctl + " kube-inject ended with status " + status);
        }
        return (ObjectNode) YamlReader.read(Files.readString(out));
    }

    private Path write(String name, JsonNode tree) throws IOException {
        return Files.writeString(folder.resolve(name), YamlWriter.toString(tree));
    }

    private void title(String text) {
        print("");
        print(colour ? "\u001b[1;36m" + text + "\u001b[0m" : text);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
