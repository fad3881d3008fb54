package dev.sidecarinjector.iptablesinit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.iptablesinit.IptablesInit;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A lab in whose pod the program under test is run, as it would be by an init container. */
public final class SidecarPod implements AutoCloseable {
    private static final String PICOCLI = readableCopy(CommandLine.class);

    /** What the injector's template gives the init container. */
    public static final List<String> DEFAULT = List.of("-p", "15001", "-z", "15006", "-u", "1337", "-m", "REDIRECT", "-i", "*", "-x", "",
            "-b", "*", "-d", "15090,15021,15020");
    /** Takes away what any test leaves in the namespace; legacy tables that are not there are not asked for, since that would create them. */
    private static final String RESET = """
            nft flush ruleset
            for f in ip ip6; do
              for t in $(cat /proc/net/${f}_tables_names 2>/dev/null); do printf '*%s\\nCOMMIT\\n' $t; done | ${f}tables-legacy-restore --wait
            done
            ipset destroy 2>/dev/null
            for f in -4 -6; do
              while ip $f rule del lookup 133 2>/dev/null; do :; done
              ip $f route flush table 133 2>/dev/null
            done
            ip -6 addr del ::6/128 dev lo 2>/dev/null
            true
            """;

    private final Lab lab;
    private final Path resolvConf;
    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    /**
     * How a run ended.
     *
     * @param out the log
     */
    public record Outcome(int status, String out, String err) {
        /** Fails the test with the log where the run did not end well. */
        public Outcome succeeded() {
            assertThat(status).as(out + err).isZero();
            return this;
        }

        public boolean changedRules() {
            return out.contains("Running iptables restore") || out.contains("Loaded by nft") || out.contains("Removing ");
        }
    }

    private SidecarPod(Lab lab) {
        this.lab = lab;
        try {
            resolvConf = Files.writeString(Files.createTempFile("resolv", ".conf"), "nameserver " + Lab.DNS + "\n");
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", lab.namespace(Place.POD)));
            command.addAll(withResolvConf(java(ProgramLoop.class)));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            lab.close();
            throw new UncheckedIOException(e);
        }
        requests = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(process.getInputStream());
    }

    public static SidecarPod ipv4() {
        return new SidecarPod(Lab.ipv4());
    }

    public static SidecarPod dualStack() {
        return new SidecarPod(Lab.dualStack());
    }

    public static SidecarPod withMachine() {
        return new SidecarPod(Lab.withMachine());
    }

    /** The mount is seen by this process and its children only. */
    private List<String> withResolvConf(List<String> command) {
        List<String> words = new ArrayList<>(
                List.of("sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", resolvConf.toString()));
        words.addAll(command);
        return words;
    }

    /** The program in a process of its own. */
    public Child.Result process(Map<String, String> variables, List<String> arguments) {
        return lab.run(Place.POD, variables, "", withResolvConf(command(arguments)));
    }

    /** A search path with these programs and what {@link #process} itself needs, and no others; calls of the real ones stand in the folder. */
    public static String pathWith(Path folder, String... programs) {
        try {
            for (String program : Stream.concat(Stream.of("sh", "mount"), Stream.of(programs)).toList()) {
                Path real = Stream.of(System.getenv("PATH").split(":", -1)).map(each -> Path.of(each, program)).filter(Files::isExecutable)
                        .findFirst().orElseThrow();
                Path call = Files.writeString(folder.resolve(program), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                assertThat(call.toFile().setExecutable(true)).isTrue();
            }
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Java process that runs a class of the program or of its tests; nothing but the JDK is on its class path besides. */
    static List<String> java(Class<?> main) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Xshare:auto", "-cp", classPath(), main.getName());
    }

    /** Of the program and its tests, for any user: the library itself is in a folder that may be closed to others. */
    public static String classPath() {
        return Stream
                .concat(Stream.of(IptablesInit.class, Setting.class, SidecarPod.class).map(SidecarPod::place).distinct(),
                        Stream.of(PICOCLI))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String readableCopy(Class<?> type) {
        try {
            Path folder = Files.createTempDirectory("library");
            Path copy = Files.copy(Path.of(place(type)), folder.resolve("picocli.jar"));
            for (Path path : List.of(copy, folder)) {
                path.toFile().deleteOnExit();
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return copy.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command line of the program in a process of its own. */
    public static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(java(IptablesInit.class));
        command.addAll(arguments);
        return command;
    }

    public Lab lab() {
        return lab;
    }

    public Caller app() {
        return lab.app();
    }

    public Caller proxy() {
        return lab.proxy();
    }

    public Caller world() {
        return lab.world();
    }

    public Caller machine() {
        return lab.machine();
    }

    /** The program with the injector's own options and some more, of which the last wins. */
    public Outcome init(Way way, String... more) {
        List<String> words = new ArrayList<>(DEFAULT);
        words.add(way.flag());
        words.addAll(List.of(more));
        return run(Map.of(), words);
    }

    public Outcome run(String... words) {
        return run(Map.of(), List.of(words));
    }

    /** The program with a command line and variables. */
    public Outcome run(Map<String, String> variables, List<String> words) {
        try {
            requests.writeInt(words.size());
            for (String word : words) {
                ProgramLoop.write(requests, word);
            }
            requests.writeInt(2 * variables.size());
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                ProgramLoop.write(requests, variable.getKey());
                ProgramLoop.write(requests, variable.getValue());
            }
            requests.flush();
            return new Outcome(answers.readInt(), ProgramLoop.text(answers), ProgramLoop.text(answers));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's process has gone", e);
        }
    }

    /** What the program reads as /etc/resolv.conf. */
    public void resolvConf(String content) {
        try {
            Files.writeString(resolvConf, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Output of a shell command in the pod, which must succeed. */
    public String shell(String command) {
        Child.Result result = lab.run(Place.POD, "", "sh", "-c", command);
        assertThat(result.isGood()).as(command + ": " + result).isTrue();
        return result.out();
    }

    /** A text that is fed to a program in the pod, which must succeed. */
    public void feed(String text, String... command) {
        Child.Result result = lab.run(Place.POD, text, command);
        assertThat(result.isGood()).as(String.join(" ", command) + ": " + result).isTrue();
    }

    /** All rules of a way, of both families, with foreign ones, without counts and remarks, tables in order of their names. */
    public String rules(Way way) {
        return way == Way.NATIVE
                ? shell("nft -s list ruleset inet")
                : tables(shell(way.program(false) + "-save")) + tables(shell(way.program(true) + "-save 2>/dev/null || true"));
    }

    /** The order of tables and chains in a dump is the order in which they were made, and tables without rules come and go. */
    private static String tables(String dump) {
        return Stream.of(dump.replaceAll("(?m)^#.*\n", "").replaceAll("\\[\\d+:\\d+\\]", "").split("(?<=COMMIT\n)", -1))
                .filter(table -> table.lines().anyMatch(line -> line.startsWith("-A") || line.startsWith(":ISTIO"))).sorted()
                .map(table -> table.lines().filter(line -> line.startsWith("*")).collect(Collectors.joining("", "", "\n"))
                        + table.lines().filter(line -> line.startsWith(":")).sorted().collect(Collectors.joining("\n", "", "\n"))
                        + table.lines().filter(line -> line.startsWith("-A")).map(line -> line.split(" ", -1)[1]).distinct().sorted()
                                .map(chain -> table.lines().filter(line -> line.startsWith("-A " + chain + " "))
                                        .collect(Collectors.joining("\n", "", "\n")))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    /**
     * Rules with what only a write changes: the handles of nft, the hits of legacy's rules. Hits of nft and of legacy's chains are left out, since the kernel's own packets (IPv6 neighbours, multicast) are
     * counted there at any time.
     */
    public String untouched(Way way) {
        return shell(way == Way.LEGACY
                ? "(iptables-legacy-save -c; ip6tables-legacy-save -c) | sed '/^#/d; s/^\\(:.*\\) \\[.*/\\1/'"
                : "nft -s -a list ruleset");
    }

    /** As if the namespace were new, but for tables of the older kind, which stay without rules. */
    public void reset() {
        shell(RESET);
        resolvConf("nameserver " + Lab.DNS + "\n");
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(resolvConf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lab.close();
        }
    }
}
