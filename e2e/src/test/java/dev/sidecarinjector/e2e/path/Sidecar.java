package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What an injected pod has besides its application: rules by the init container's program, and a real Envoy, both started with the words of the pod's containers. */
final class Sidecar implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Lab lab;
    private final Place place;
    private final InjectedPod pod;
    private final Namespace namespace;
    private final Path folder;
    private @Nullable Process process;

    private Sidecar(Lab lab, Place place, InjectedPod pod) {
        this.lab = lab;
        this.place = place;
        this.pod = pod;
        namespace = Namespace.of(lab, place);
        try {
            folder = Files.createTempDirectory("sidecar" + COUNT.incrementAndGet());
            // The proxy's user must get at its program, which stays in a folder that may be root's own: it is mounted here, seen by no other process.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createFile(folder.resolve("envoy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Neither rules nor a proxy yet. */
    static Sidecar notYetIn(Lab lab, Place place, InjectedPod pod) {
        return new Sidecar(lab, place, pod);
    }

    /** Ready. */
    static Sidecar in(Lab lab, Place place, InjectedPod pod) {
        Sidecar sidecar = new Sidecar(lab, place, pod);
        sidecar.writeRules();
        sidecar.start();
        return sidecar;
    }

    Namespace namespace() {
        return namespace;
    }

    InjectedPod pod() {
        return pod;
    }

    ContainerSpec container(String name) {
        return pod.container(name, address());
    }

    /** Runs the init container. */
    void writeRules() {
        writeRules(Lab.DNS);
    }

    /** Runs the init container in a pod with a name server. */
    void writeRules(String nameServer) {
        ContainerSpec init = container("istio-init");
        List<String> command = new ArrayList<>(List.of("sh", "-c",
                "echo \"nameserver $0\" >\"$1\" && mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"", nameServer,
                folder.resolve("resolv.conf").toString()));
        command.addAll(SidecarPod.command(init.arguments()));
        Child.Result result = lab.run(place, init.variables(), "", command);
        assertThat(result.isGood()).as(result.toString()).isTrue();
    }

    /** The rules that are loaded, without counts. */
    String rules() {
        return lab.run(place, "", "nft", "-s", "-a", "list", "ruleset").out();
    }

    /** Starts the proxy and waits until it is ready. */
    void start() {
        begin();
        awaitReady();
    }

    /** Starts the proxy. */
    void begin() {
        ContainerSpec proxy = container("istio-proxy");
        List<String> words = new ArrayList<>(proxy.command());
        words.addAll(proxy.arguments());
        // The access log is to be read at once; nothing else differs.
        words.set(words.indexOf("--file-flush-interval-msec") + 1, "10");
        process = start(proxy, words);
    }

    /** Runs a hook of the proxy's container to its end: {@code preStop} or {@code postStart}. */
    CompletableFuture<Process> hook(String name) {
        ContainerSpec proxy = container("istio-proxy");
        return start(proxy, proxy.hook(name)).onExit();
    }

    /** As in the proxy's container, where Envoy is the only program. */
    private Process start(ContainerSpec proxy, List<String> words) {
        assertThat(words).first().isEqualTo("envoy");
        String there = folder.resolve("envoy").toString();
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name(), "sh", "-c",
                "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"", Envoy.program().toString(), there));
        command.addAll(proxy.confinement());
        command.add(there);
        command.addAll(words.subList(1, words.size()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()));
        builder.environment().putAll(proxy.variables());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Wait.until("the proxy is ready; its log: " + folder, () -> {
            if (!running().isAlive()) {
                throw new AssertionError("the proxy ended: " + Files.readString(folder.resolve("errors")));
            }
            return isReady();
        });
    }

    /** What the probe of the proxy's container says, asked from outside as a kubelet does. */
    boolean isReady() {
        try {
            return Http.get(Namespace.of(lab, Place.WORLD), address(), 15021, "/healthz/ready").status() == 200;
        } catch (RuntimeException _) {
            return false;
        }
    }

    String address() {
        return place == Place.POD ? Lab.POD : Lab.POD2;
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the proxy was not started");
        }
        return process;
    }

    /** A signal, and waits for the end. */
    void end(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).inheritIO().start().waitFor();
            assertThat(running().waitFor(20, TimeUnit.SECONDS)).as("ended by " + signal).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** The only line of the access log that has a text in it, once it is there. */
    String line(String text) {
        Wait.until("a line of the access log with " + text, () -> Files.readString(log()).contains(text));
        List<String> lines = lines(text);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    /** The lines of the access log that have a text in them, as far as they are written. */
    List<String> lines(String text) {
        try {
            return Files.readString(log()).lines().filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of Envoy's counters or gauges. */
    long counter(String name) {
        String answer = Http.get(namespace, "127.0.0.1", 15000, "/stats?filter=^" + name.replace(".", "\\.") + "$").body();
        assertThat(answer).startsWith(name + ": ");
        return Long.parseLong(answer.substring(name.length() + 2).strip());
    }

    /** Waits until all that the access log has of the past is written. */
    void settle() {
        String mark = "/settled" + COUNT.incrementAndGet();
        Http.get(Namespace.of(lab, Place.WORLD), address(), HttpApp.PORT, mark);
        line(mark);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            end("KILL");
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
