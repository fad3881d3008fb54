package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The init container's usual runs find their classes in the image's AOT cache: a single lambda that is made at run time costs milliseconds. */
class ColdCodeTest {
    private static final Path PROGRAM = Path.of(System.getProperty("project.root"), "iptables-init/target/image/bin/iptables-init");
    private static final String LOADED = "[class,load] ";
    private static final String CACHED = " source: shared objects file";
    /** Classes of the JDK's flight recorder are never cached; a few collections come with them and with the end of the process. */
    private static final Set<String> COLD = Set.of("jdk.internal.event.Event", "jdk.internal.event.ProcessStartEvent",
            "java.util.HashMap$Values",
            "java.util.HashMap$ValueIterator", "java.util.IdentityHashMap$IdentityHashMapIterator",
            "java.util.IdentityHashMap$KeyIterator");

    private Lab lab;

    @BeforeEach
    void start() {
        assumeTrue(Files.exists(PROGRAM.resolveSibling("../app/iptables-init.aot")),
                "the image with its AOT cache is not built; Maven's phase must be package or later");
        lab = Lab.ipv4();
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    /** A first run, a second one that has nothing to do, one that changes a flag, and a cleanup. */
    @ParameterizedTest
    @ValueSource(strings = {"--dual-stack=false", "--dual-stack=auto", "--force-iptables-binary=legacy", "--native-nftables",
            "--redirect-dns",
            "--log_output_level=default:info"})
    void usualRunsComeFromTheCache(String flag, @TempDir Path folder) throws IOException {
        for (String more : List.of("--drop-invalid=false", "--drop-invalid=false", "-o9999", "--cleanup-only")) {
            Path log = folder.resolve("classes");
            List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "istio-iptables"));
            command.addAll(SidecarPod.DEFAULT);
            command.addAll(List.of(flag, more));
            Child.Result result = lab.run(Place.POD, Map.of("JAVA_OPTIONS", "-Xlog:class+load:file=" + log), "", command);
            assertThat(result.status()).as(result.out() + result.err()).isZero();
            List<String> loaded = Files.readAllLines(log).stream().filter(line -> line.contains(LOADED)).toList();
            assertThat(loaded).filteredOn(line -> line.endsWith(CACHED)).hasSizeGreaterThan(500);
            assertThat(loaded).filteredOn(line -> !line.endsWith(CACHED))
                    .extracting(line -> line.substring(line.indexOf(LOADED) + LOADED.length()).split(" ", -1)[0])
                    .filteredOn(name -> !COLD.contains(name)).as("classes that are made or read at run time, with " + more).isEmpty();
        }
    }
}
