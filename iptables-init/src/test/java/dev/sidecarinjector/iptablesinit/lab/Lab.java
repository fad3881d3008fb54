package dev.sidecarinjector.iptablesinit.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Network namespaces with servers in them, drawn at the head of lab.py: the pod with an application and a proxy, the world with services and name
 * servers, a virtual machine behind the pod. Never the namespace of this process.
 */
public final class Lab implements AutoCloseable {
    /** A service in the world. */
    public static final String VIP = "203.0.113.10";
    public static final String OTHER_VIP = "198.51.100.7";
    public static final String VIP6 = "2001:db8::10";
    /** A name server in the world. */
    public static final String DNS = "10.96.0.10";
    public static final String OTHER_DNS = "9.9.9.9";
    public static final String DNS6 = "fd00:96::a";
    public static final String POD = "10.10.0.2";
    public static final String POD6 = "fd00:10::2";
    /** The pod, on the side of the virtual machine. */
    public static final String POD_ETH1 = "10.20.0.1";
    public static final String WORLD = "10.10.0.1";
    public static final String WORLD6 = "fd00:10::1";
    public static final String VM = "10.20.0.2";
    /** Another pod, behind the world. */
    public static final String POD2 = "10.30.0.2";
    public static final String POD2_IPV6 = "fd00:30::2";
    /** The world, on the side of the other pod. */
    public static final String WORLD_ETH1 = "10.30.0.1";
    public static final String WORLD_ETH1_IPV6 = "fd00:30::1";
    /** User and group of the proxy. */
    public static final int PROXY = 1337;
    /** A user like any application's. */
    public static final int USER = 5000;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix;
    private final Path script;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    /** A network namespace of the lab. */
    public enum Place {
        POD, WORLD, VM, POD2;

        String role() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Lab(String... options) {
        prefix = "si" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
        try {
            script = Files.createTempFile("lab", ".py");
            try (InputStream source = Lab.class.getResourceAsStream("lab.py")) {
                Files.write(script, source.readAllBytes());
            }
            List<String> command = new ArrayList<>(List.of(python(), script.toString(), prefix));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
        if (!answer().contains("ready")) {
            close();
            throw new IllegalStateException("the lab did not come up");
        }
    }

    /** IPv4 only. */
    public static Lab ipv4() {
        return new Lab(checked());
    }

    /** Both families. */
    public static Lab dualStack() {
        return new Lab(checked("v6"));
    }

    /** Both families and a virtual machine behind the pod's eth1. */
    public static Lab withMachine() {
        return new Lab(checked("v6", "vm"));
    }

    /** Both families and a second pod; no proxies, which the caller brings. */
    public static Lab twoPods() {
        return new Lab(checked("v6", "pod2", "no-proxy"));
    }

    /** Skips the calling test, with the reason, where there can be no lab. */
    private static String[] checked(String... options) {
        requireTools("ip", "iptables-nft-restore", "iptables-legacy-restore", "nft");
        return options;
    }

    /** Skips the calling test where it is not run by root on Linux, or a program is absent. */
    public static void requireTools(String... programs) {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "network namespaces are there on Linux only");
        assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
        for (String program : programs) {
            assumeTrue(onPath(program), program + " is not installed");
        }
        assumeTrue(Files.isExecutable(Path.of(python())) || onPath("python3"), "python3 is not installed");
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** The system's own starts faster than one that a version manager chooses. */
    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    /** A connection or query to be made in a place, as root until told otherwise. */
    public Caller in(Place place) {
        return new Caller(this, place.role(), Map.of());
    }

    /** From the pod, by an application. */
    public Caller app() {
        return in(Place.POD).uid(USER).gid(USER);
    }

    /** From the pod, by the proxy. */
    public Caller proxy() {
        return in(Place.POD).uid(PROXY).gid(PROXY);
    }

    /** From outside. */
    public Caller world() {
        return in(Place.WORLD);
    }

    public Caller machine() {
        return in(Place.VM);
    }

    /** A program run in a place. */
    public Child.Result run(Place place, String input, String... command) {
        return run(place, Map.of(), input, List.of(command));
    }

    /** A program run in a place with more environment variables. */
    public Child.Result run(Place place, Map<String, String> variables, String input, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace(place)));
        words.addAll(command);
        try {
            return Child.run(words, variables, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name for {@code ip netns}. */
    public String namespace(Place place) {
        return prefix + "-" + place.role();
    }

    synchronized Seen ask(String request) {
        try {
            requests.write(request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the lab has gone", e);
        }
        return Seen.parse(answer());
    }

    private String answer() {
        try {
            String line = answers.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the namespaces have gone. */
    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
