package dev.sidecarinjector.injection.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.fixtures.YamlTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChangesTest {
    @TempDir
    private Path folder;

    @Test
    void aPodsChangesAreGroupedAndNamed() {
        JsonNode before = YamlTrees.read("""
                metadata: {labels: {app: web}}
                spec:
                  volumes: [{name: data, emptyDir: {}}]
                  containers: [{name: web, image: web:1, env: [{name: A, value: '1'}], readinessProbe: {httpGet: {port: 80}}}]
                """);
        JsonNode after = YamlTrees.read("""
                metadata: {labels: {app: web, mode: istio}}
                spec:
                  volumes: [{name: more, secret: {}}, {name: data, emptyDir: {}}]
                  securityContext: {fsGroup: 7}
                  containers:
                  - {name: web, image: web:1, env: [{name: A, value: '2'}, {name: B, value: b}], readinessProbe: {httpGet: {port: 15020}}}
                  - {name: istio-proxy, image: proxy, env: [{name: C}]}
                """);
        assertThat(PodChanges.between(before, after)).extracting(change -> change.line(false).stripTrailing()).containsExactly(
                "    metadata.labels", "  +   mode: istio", "    spec.containers", "      web", "        env", "          A",
                "  -         value: 1", "  +         value: 2", "  +       B  b", "  -     readinessProbe: {\"httpGet\":{\"port\":80}}",
                "  +     readinessProbe: {\"httpGet\":{\"port\":15020}}", "  +   istio-proxy  proxy, env: 1",
                "  + spec.securityContext: {\"fsGroup\":7}", "    spec.volumes", "  +   more  secret");
        assertThat(PodChanges.between(after, after)).isEmpty();
    }

    @Test
    void anotherOrderIsAChange() {
        assertThat(PodChanges.between(YamlTrees.read("{spec: {containers: [{name: a}, {name: b}]}}"),
                YamlTrees.read("{spec: {containers: [{name: b}, {name: a}]}}"))).extracting(Change::text)
                .containsExactly("spec.containers", "  in another order: b, a");
    }

    @Test
    void theUnifiedFormatIsThatOfDiff() {
        assertThat(UnifiedDiff.of("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b", "1\n2\n3\n4\n5\nsix\n7\n8\n9\n10\n", false)).isEqualTo("""
                --- a
                +++ b
                @@ -3,7 +3,8 @@
                 3
                 4
                 5
                -6
                +six
                 7
                 8
                 9
                +10
                """);
        assertThat(UnifiedDiff.of("a", "x\n", "b", "x\n", false)).isEmpty();
    }

    /** Whatever the texts: patch(1), another hand than ours, makes the second of the first. */
    @Test
    void patchMakesTheSecondTextOfTheFirst() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "/usr/bin/patch is not installed");
        Random random = new Random(8);
        for (int round = 0; round < 60; round++) {
            String before = text(random, 4 + random.nextInt(40));
            String after = round % 2 == 0 ? text(random, 4 + random.nextInt(40)) : edited(before, random);
            String diff = UnifiedDiff.of("file", before, "file", after, false);
            if (diff.isEmpty()) {
                assertThat(after).isEqualTo(before);
                continue;
            }
            Path file = Files.writeString(folder.resolve("file"), before);
            Path patch = Files.writeString(folder.resolve("patch"), diff);
            Process process = new ProcessBuilder("patch", "--fuzz=0", "-s", file.toString(), patch.toString()).redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said + diff).isZero();
            assertThat(said).doesNotContain("offset");
            assertThat(Files.readString(file)).isEqualTo(after);
        }
    }

    private static String text(Random random, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(random.nextInt(6)).append('\n');
        }
        return text.toString();
    }

    private static String edited(String text, Random random) {
        StringBuilder edited = new StringBuilder();
        text.lines().forEach(line -> {
            int what = random.nextInt(12);
            edited.append(what == 0 ? "" : what == 1 ? "new\n" : what == 2 ? line + "\nmore\n" : line + "\n");
        });
        return edited.isEmpty() ? "x\n" : edited.toString();
    }
}
