package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The images' archives against OCI's image specification 1.1, and what is in them; made where the end-to-end tests make them. */
class ImagesTest {
    private static final String WEBHOOK = "sidecar-injector";
    private static final String INIT = "iptables-init";
    private static final Map<String, ImageArchive> ARCHIVES = new HashMap<>();
    @TempDir
    private static Path folder;

    @BeforeAll
    static void build() throws Exception {
        String obstacle = Cluster.obstacle().orElse(Files.exists(Path.of("/etc/debian_version")) ? "" : "images are made on Debian");
        if (!obstacle.isEmpty()) {
            System.out.println("ImagesTest is skipped: " + obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        for (String name : List.of(WEBHOOK, INIT)) {
            ARCHIVES.put(name, ImageArchive.of(name, folder));
        }
    }

    private static ImageArchive archive(String name) {
        return Objects.requireNonNull(ARCHIVES.get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBHOOK, INIT})
    void isALayoutWhoseDescriptorsFitTheirBlobs(String name) throws Exception {
        ImageArchive archive = archive(name);
        assertThat(Files.readString(archive.layout().resolve("oci-layout"))).containsPattern("\"imageLayoutVersion\": *\"1\\.0\\.0\"");
        JsonNode index = archive.index();
        JsonNode manifest = archive.manifest();
        assertThat(index.path("schemaVersion").intValue()).isEqualTo(2);
        assertThat(index.path("mediaType").stringValue()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(index.path("manifests").size()).isEqualTo(1);
        assertThat(manifest.path("schemaVersion").intValue()).isEqualTo(2);

        JsonNode entry = index.path("manifests").path(0);
        assertThat(entry.path("mediaType")).isEqualTo(manifest.path("mediaType"));
        assertThat(entry.path("mediaType").stringValue()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(entry.path("annotations").path("io.containerd.image.name").stringValue())
                .isEqualTo("docker.io/sidecar-injector/" + name + ":dev");
        assertThat(entry.path("annotations").path("org.opencontainers.image.ref.name").stringValue()).isEqualTo("dev");
        assertThat(manifest.path("config").path("mediaType").stringValue()).isEqualTo("application/vnd.oci.image.config.v1+json");
        List<JsonNode> descriptors = new ArrayList<>(List.of(entry, manifest.path("config")));
        for (JsonNode layer : manifest.path("layers")) {
            assertThat(layer.path("mediaType").stringValue()).isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
            descriptors.add(layer);
        }
        Set<Path> described = new HashSet<>();
        for (JsonNode descriptor : descriptors) {
            Path blob = archive.blob(descriptor);
            assertThat(Files.size(blob)).isEqualTo(descriptor.path("size").longValue());
            assertThat(ImageArchive.digest(blob)).isEqualTo(descriptor.path("digest").stringValue());
            described.add(blob);
        }
        try (Stream<Path> blobs = Files.list(archive.layout().resolve("blobs/sha256"))) {
            assertThat(blobs).containsExactlyInAnyOrderElementsOf(described);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBHOOK, INIT})
    void itsConfigurationNamesTheLayersAsTheyAreUnpacked(String name) throws Exception {
        ImageArchive archive = archive(name);
        JsonNode configuration = archive.configuration();
        assertThat(configuration.path("os").stringValue()).isEqualTo("linux");
        assertThat(configuration.path("architecture").stringValue())
                .isEqualTo(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        assertThat(configuration.path("rootfs").path("type").stringValue()).isEqualTo("layers");
        List<String> digests = new ArrayList<>();
        for (JsonNode layer : archive.manifest().path("layers")) {
            digests.add(ImageArchive.plainDigest(archive.blob(layer)));
        }
        assertThat(configuration.path("rootfs").path("diff_ids").valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(digests);
        assertThat(configuration.path("history").size()).isEqualTo(digests.size());
        String program = configuration.path("config").path("Entrypoint").path(0).stringValue();
        assertThat(archive.root().resolve(program.substring(1))).isExecutable();
    }

    @Test
    void theWebhookIsNobodyAndHasNothingToStart() throws Exception {
        ImageArchive archive = archive(WEBHOOK);
        assertThat(archive.configuration().path("config").path("User").stringValue()).isEqualTo("65532:65532");
        try (Stream<Path> files = Files.walk(archive.root())) {
            assertThat(
                    files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).map(file -> file.getFileName().toString())
                            .filter(file -> !file.contains(".so")))
                    .containsExactlyInAnyOrder("java", "jspawnhelper");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBHOOK, INIT})
    void itsEntriesDoNotTellWhoPackedThemAndWhen(String name) throws Exception {
        Set<String> times = new TreeSet<>();
        for (List<String> listing : archive(name).listings()) {
            List<String> paths = new ArrayList<>();
            for (String line : listing) {
                String[] words = line.split(" +", 6);
                assertThat(words[0]).as(line).matches("[-d]r[w-][x-]r-[x-]r-[x-]|lrwxrwxrwx|drwxrwxrwt|hr.*");
                assertThat(words[1]).as(line).isEqualTo("0/0");
                times.add(words[3] + " " + words[4]);
                paths.add(words[5].replaceFirst(" -> .*", "").replace("/", "\u0001"));
            }
            assertThat(paths).isSorted().doesNotHaveDuplicates();
        }
        Instant created = Instant.parse(archive(name).configuration().path("created").stringValue());
        assertThat(times).containsExactly(created.toString().replace("T", " ").replace("Z", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBHOOK, INIT})
    void everyFileIsAccountedForInItsBillOfMaterials(String name) throws Exception {
        ImageArchive archive = archive(name);
        Path list = archive.root().resolve("usr/share/sbom/" + name + ".cdx.json");
        assertThat(Script.root().resolve("images/target/" + name + ".cdx.json")).hasSameBinaryContentAs(list);
        JsonNode bill = new JsonMapper().readTree(Files.readString(list));
        assertThat(bill.path("bomFormat").stringValue()).isEqualTo("CycloneDX");
        assertThat(bill.path("specVersion").stringValue()).isEqualTo("1.6");
        Set<String> listed = new HashSet<>();
        Set<String> references = new HashSet<>(Set.of(name));
        for (JsonNode component : bill.path("components")) {
            references.add(component.path("bom-ref").stringValue());
            assertThat(component.path("type").stringValue()).as(component.toString()).isNotEqualTo("file");
            for (JsonNode property : component.path("properties")) {
                String path = property.path("value").stringValue();
                listed.add(path);
                if (path.endsWith("/lib/modules") || property.path("name").stringValue().equals("sidecar-injector:module")) {
                    assertThat(component.path("purl").stringValue()).matches("pkg:maven/(dev\\.sidecarinjector|info\\.picocli)/.*");
                } else if (path.endsWith(".jar")) {
                    assertThat("sha256:" + component.path("hashes").path(0).path("content").stringValue())
                            .isEqualTo(ImageArchive.digest(archive.root().resolve(path.substring(1))));
                } else {
                    assertThat(component.path("purl").stringValue()).startsWith("pkg:deb/");
                }
            }
        }
        assertThat(notListed(archive.root(), listed)).isEmpty();
        for (JsonNode edge : bill.path("dependencies")) {
            assertThat(references).contains(edge.path("ref").stringValue());
            assertThat(references).containsAll(edge.path("dependsOn").valueStream().map(JsonNode::stringValue).toList());
        }
        JsonNode jdk = bill.path("components").path(0);
        assertThat(jdk.path("version").stringValue()).startsWith("25.");
        List<String> modules = jdk.path("components").valueStream().map(module -> module.path("name").stringValue()).toList();
        assertThat(modules).contains("java.base").allMatch(module -> module.startsWith("java.") || module.startsWith("jdk."));
        listed.addAll(modules);
        assertThat(listed).containsAll(archiveModules(archive.root()));
    }

    /** Jars, and what is not the JDK's, ours or made of these. */
    private static List<String> notListed(Path root, Set<String> listed) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> "/" + root.relativize(file))
                    .filter(path -> path.endsWith(".jar") || !path.startsWith("/opt/"))
                    .filter(path -> !Set.of("/etc/passwd", "/etc/group").contains(path) && !path.startsWith("/usr/share/sbom/"))
                    .filter(path -> !listed.contains(path)).toList();
        }
    }

    /** The JDK's and ours. */
    private static List<String> archiveModules(Path root) throws IOException, InterruptedException {
        try (Stream<Path> programs = Files.list(root.resolve("opt"))) {
            Path java = programs.findAny().orElseThrow().resolve("bin/java");
            return ImageArchive.run(java.toString(), "--list-modules").lines().map(module -> module.split("@", 2)[0]).toList();
        }
    }
}
