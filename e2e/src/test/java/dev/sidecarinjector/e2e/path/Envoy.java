package dev.sidecarinjector.e2e.path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a real Envoy is. */
final class Envoy {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private Envoy() {}

    /** The program of the variable ENVOY, else that of the cluster of one node, else that of the path; skips the calling test where there is none. */
    static Path program() {
        String home = System.getenv().getOrDefault("CLUSTER_HOME", System.getProperty("user.home") + "/.cache/one-node-cluster");
        Optional<Path> found = Stream
                .concat(Stream.of(System.getenv().getOrDefault("ENVOY", ""), home + "/bin/envoy"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(folder -> folder + "/envoy"))
                .map(Envoy::real).filter(Objects::nonNull).findFirst();
        assumeTrue(found.isPresent(), "Envoy is not installed: set ENVOY to it, or run e2e/cluster/setup");
        return found.orElseThrow();
    }

    /** The file behind links; null where it is none, or a script that would only start Envoy. */
    private static @Nullable Path real(String candidate) {
        Path path = Path.of(candidate);
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            return null;
        }
        try (var in = Files.newInputStream(path)) {
            return java.util.Arrays.equals(in.readNBytes(ELF.length), ELF) ? path.toRealPath() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
