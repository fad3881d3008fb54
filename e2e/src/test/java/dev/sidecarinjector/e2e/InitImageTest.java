package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The init container's image as a kubelet runs it, in a network of its own: by runc, as process 1, with a root file system that nobody can write. */
class InitImageTest {
    private static final String NETWORK = "si-image-" + ProcessHandle.current().pid();
    private static final String FLAGS = "-p 15001 -z 15006 -u 1337 -m REDIRECT -i * -b * -d 15090,15020 --dual-stack";
    @TempDir
    private static Path folder;
    private static ImageArchive image;

    @BeforeAll
    static void unpack() throws Exception {
        String obstacle = Cluster.obstacle()
                .orElse(Stream.of("/usr/sbin/runc", "/usr/bin/runc").noneMatch(path -> Files.exists(Path.of(path)))
                        ? "runc is not installed"
                        : "");
        if (!obstacle.isEmpty()) {
            System.out.println("InitImageTest is skipped: " + obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        image = ImageArchive.of("iptables-init", folder);
        ip("netns", "add", NETWORK);
        ip("-n", NETWORK, "link", "set", "lo", "up");
        ip("-n", NETWORK, "address", "add", "10.10.0.2/32", "dev", "lo");
        ip("-n", NETWORK, "address", "add", "2001:db8::2/128", "dev", "lo");
    }

    @AfterAll
    static void remove() throws Exception {
        if (Files.exists(Path.of("/run/netns", NETWORK))) {
            ip("netns", "delete", NETWORK);
        }
    }

    private static String ip(String... words) throws IOException, InterruptedException {
        return ImageArchive.run(Stream.concat(Stream.of("ip"), Stream.of(words)).toArray(String[]::new));
    }

    private static String saved(String program) throws IOException, InterruptedException {
        return ip("netns", "exec", NETWORK, program);
    }

    private static String array(Stream<String> words) {
        return words.map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    /** Runs a command line of the program with root and some capabilities; it must succeed, and the JVM must be content with the AOT cache. */
    private static String run(String flags, String... capabilities) throws IOException, InterruptedException {
        String entrypoint = image.configuration().path("config").path("Entrypoint").path(0).stringValue();
        String all = array(Stream.of(capabilities).map(name -> "CAP_" + name));
        Files.writeString(folder.resolve("config.json"), """
                {"ociVersion": "1.0.2", "hostname": "pod",
                 "process": {"terminal": false, "cwd": "/", "user": {"uid": 0, "gid": 0}, "args": %1$s,
                  "env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "JAVA_OPTIONS=-XX:AOTMode=on"],
                  "noNewPrivileges": true, "capabilities": {"bounding": %2$s, "effective": %2$s, "permitted": %2$s}},
                 "root": {"path": "iptables-init", "readonly": true},
                 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                  {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]}],
                 "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}, {"type": "network", "path": "/run/netns/%3$s"}],
                  "readonlyPaths": ["/proc/sys"]}}
                """.formatted(array(Stream.concat(Stream.of(entrypoint), Stream.of(flags.split(" ")))), all, NETWORK));
        return ImageArchive.run("runc", "--root", folder.resolve("state").toString(), "run", "--bundle", folder.toString(), NETWORK);
    }

    @Test
    void itLoadsTheRulesAsProcess1WithTwoCapabilitiesAndWritesNothing() throws Exception {
        String first = run("istio-iptables " + FLAGS, "NET_ADMIN", "NET_RAW");
        for (String program : List.of("iptables-nft-save", "ip6tables-nft-save")) {
            assertThat(saved(program)).as(first).contains("-A OUTPUT -j ISTIO_OUTPUT", "--dport 15090 -j RETURN", "--to-ports 15001",
                    "--to-ports 15006");
        }
        String rules = saved("iptables-nft-save").replaceAll("(?m)^#.*", "");
        run("istio-iptables " + FLAGS, "NET_ADMIN", "NET_RAW");
        assertThat(saved("iptables-nft-save").replaceAll("(?m)^#.*", "")).isEqualTo(rules);
        assertThat(run("status", "NET_ADMIN", "NET_RAW")).contains("ISTIO_OUTPUT");
    }
}
