package dev.sidecarinjector.iptablesinit.lab;

import dev.sidecarinjector.capture.text.Json;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A container of runc, in which a command is process 1 and the root file system cannot be written; each method with an attribute gives another. */
public final class Container {
    private static final List<String> NEEDED = List.of("NET_ADMIN", "NET_RAW");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path folder;
    /** Of the pod; empty for a new one. */
    private final String network;
    private final int user;
    private final List<String> capabilities;
    private final boolean ambient;
    private final boolean mayGain;
    private final boolean mapped;
    private final List<String> writable;
    private final String programs;

    private Container(Path folder, String network, int user, List<String> capabilities, boolean ambient, boolean mayGain, boolean mapped,
            List<String> writable, String programs) {
        this.folder = folder;
        this.network = network;
        this.user = user;
        this.capabilities = capabilities;
        this.ambient = ambient;
        this.mayGain = mayGain;
        this.mapped = mapped;
        this.writable = writable;
        this.programs = programs;
    }

    /**
     * With root, NET_ADMIN and NET_RAW, and a network of its own; skips the calling test where runc is not installed.
     *
     * @param folder an empty one
     */
    public static Container in(Path folder) {
        Lab.requireTools("runc", "ip", "iptables-nft-restore", "iptables-legacy-restore", "nft");
        return new Container(folder, "", 0, NEEDED, false, false, false, List.of(), "");
    }

    /** In the network of a lab's pod. */
    public Container of(SidecarPod pod) {
        return new Container(folder, "/run/netns/" + pod.lab().namespace(Place.POD), user, capabilities, ambient, mayGain, mapped, writable,
                programs);
    }

    /** With these capabilities only, as the most that anybody in it can have. */
    public Container capabilities(String... names) {
        return new Container(folder, network, user, List.of(names), ambient, mayGain, mapped, writable, programs);
    }

    /** As another user than root, who keeps the capabilities through every start of a program. */
    public Container ambientUser(int uid) {
        return new Container(folder, network, uid, capabilities, true, mayGain, mapped, writable, programs);
    }

    /** As another user than root, who has no capability but those of the programs in a folder that are started. */
    public Container userOfPrograms(int uid, Path there) {
        return new Container(folder, network, uid, capabilities, ambient, true, mapped, writable, there.toString());
    }

    /** Its users are others outside. */
    public Container mapped() {
        return new Container(folder, network, user, capabilities, ambient, mayGain, true, writable, programs);
    }

    /** With a folder in memory that everybody may write. */
    public Container writable(String place) {
        List<String> more = new ArrayList<>(writable);
        more.add(place);
        return new Container(folder, network, user, capabilities, ambient, mayGain, mapped, more, programs);
    }

    /** The program with a command line, as process 1. */
    public Child.Result program(List<String> arguments) {
        return run(SidecarPod.command(arguments));
    }

    /** The program with some command lines one after the other, after a shell has made an interface with an address. */
    public Child.Result programs(List<List<String>> runs) {
        StringBuilder script = new StringBuilder("ip link set lo up; ip link add eth0 type veth peer name eth1; ip link set eth1 up;"
                + " ip addr add 10.10.0.2/24 dev eth0; ip link set eth0 up; ip route add default via 10.10.0.1\n");
        for (List<String> run : runs) {
            script.append(SidecarPod.command(run).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")))
                    .append(" || exit $?\n");
        }
        return run(List.of("sh", "-c", script.toString()));
    }

    private Child.Result run(List<String> command) {
        try {
            Path bundle = Files.createTempDirectory(folder, "bundle");
            for (Path path = bundle; !path.equals(folder.getParent()); path = path.getParent()) {
                // For users who are others outside.
                path.toFile().setExecutable(true, false);
                path.toFile().setReadable(true, false);
            }
            Path root = Files.createDirectory(bundle.resolve("rootfs"));
            root.toFile().setExecutable(true, false);
            Files.createDirectory(root.resolve("etc"));
            // By us, since in a container with users of its own nobody may.
            for (String place : places()) {
                Path target = root.resolve(place.substring(1));
                if (Files.isRegularFile(Path.of(place))) {
                    // Where the build has made it already, the class path has a jar.
                    Files.createDirectories(target.getParent());
                    Files.createFile(target);
                } else {
                    Files.createDirectories(target);
                }
            }
            Files.writeString(root.resolve("etc/resolv.conf"), "nameserver " + Lab.DNS + "\n");
            for (String name : List.of("bin", "sbin", "lib", "lib64")) {
                if (Files.isSymbolicLink(Path.of("/" + name))) {
                    Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(Path.of("/" + name)));
                }
            }
            Files.writeString(bundle.resolve("config.json"), configuration(command));
            String id = "si" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
            return Child.run(List.of("runc", "--root", folder.resolve("state").toString(), "run", "--bundle", bundle.toString(), id),
                    Map.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(List<String> command) {
        String all = capabilities.stream().map(name -> "CAP_" + name).map(Json::quoted).collect(Collectors.joining(", ", "[", "]"));
        String held = user == 0 || ambient ? all : "[]";
        String path = (programs.isEmpty() ? "" : programs + ":") + "/usr/sbin:/usr/bin:/sbin:/bin";
        return """
                {"ociVersion": "1.0.2", "hostname": "pod",
                 "process": {"terminal": false, "cwd": "/", "user": {"uid": %1$d, "gid": %1$d}, "args": [%2$s], "env": ["PATH=%3$s"],
                  "noNewPrivileges": %4$b,
                  "capabilities": {"bounding": %5$s, "effective": %6$s, "permitted": %6$s, "inheritable": %6$s, "ambient": %7$s}},
                 "root": {"path": "rootfs", "readonly": true},
                 "mounts": [%8$s],
                 "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}, %9$s],
                  "readonlyPaths": ["/proc/sys"]%10$s}}
                """.formatted(user, command.stream().map(Json::quoted).collect(Collectors.joining(", ")), path, !mayGain, all, held,
                ambient ? all : "[]", mounts(), namespaces(), !mapped
                        ? ""
                        : ", \"uidMappings\": [{\"containerID\": 0, \"hostID\": 100000, \"size\": 65536}],"
                                + " \"gidMappings\": [{\"containerID\": 0, \"hostID\": 100000, \"size\": 65536}]");
    }

    private String namespaces() {
        return (network.isEmpty() ? "{\"type\": \"network\"}" : "{\"type\": \"network\", \"path\": " + Json.quoted(network) + "}")
                + (mapped ? ", {\"type\": \"user\"}" : "");
    }

    /** Where something is mounted. */
    private List<String> places() {
        List<String> places = new ArrayList<>(List.of("/proc", "/dev"));
        places.addAll(read());
        places.addAll(writable);
        return places;
    }

    private Set<String> read() {
        Set<String> read = new LinkedHashSet<>(List.of("/usr", System.getProperty("java.home")));
        read.addAll(Arrays.asList(SidecarPod.classPath().split(File.pathSeparator, -1)));
        if (!programs.isEmpty()) {
            read.add(programs);
        }
        read.removeIf(place -> !place.equals("/usr") && place.startsWith("/usr/"));
        return read;
    }

    private String mounts() {
        List<String> mounts = new ArrayList<>(List.of("{\"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\"}",
                "{\"destination\": \"/dev\", \"type\": \"tmpfs\", \"source\": \"tmpfs\", \"options\": [\"nosuid\", \"mode=755\"]}"));
        read().forEach(place -> mounts.add("{\"destination\": " + Json.quoted(place) + ", \"type\": \"bind\", \"source\": "
                + Json.quoted(place) + ", \"options\": [\"rbind\", \"ro\"]}"));
        writable.forEach(place -> mounts.add("{\"destination\": " + Json.quoted(place)
                + ", \"type\": \"tmpfs\", \"source\": \"tmpfs\", \"options\": [\"mode=1777\"]}"));
        return String.join(", ", mounts);
    }
}
