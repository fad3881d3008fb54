package dev.sidecarinjector.sidecarctl.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.sidecarctl.Environment;
import dev.sidecarinjector.sidecarctl.SidecarCtl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about testing templates knows every key, and its example does what it says. */
class TestingTemplatesPageTest {
    private final String page;

    TestingTemplatesPageTest() throws IOException {
        page = Files.readString(Path.of(System.getProperty("project.root", ".."), "docs", "testing-templates.md"));
    }

    @Test
    void everyKeyHasARow() {
        List<String> keys = Stream.of(CaseFile.KEYS, CaseFile.CASE_KEYS, GivenLayer.KEYS, GivenLayer.NAMESPACE_KEYS, ExpectReader.KEYS)
                .flatMap(List::stream).toList();
        assertThat(keys).allSatisfy(key -> assertThat(page).contains("\n| `" + key + "` | "));
        assertThat(GivenLayer.CONFIG_KEYS).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }

    @Test
    void theExampleDoesWhatItSays(@TempDir Path folder) throws IOException {
        List<String> blocks = blocks();
        Files.writeString(folder.resolve("greeter.gotmpl"), blocks.get(0));
        Path cases = Files.createDirectory(folder.resolve("tests")).resolve("greeter.yaml");
        Files.writeString(cases, blocks.get(1));
        String expected = blocks.get(2).substring(blocks.get(2).indexOf('\n') + 1);
        assertThat(run(folder)).isEqualTo(expected);
        Files.writeString(cases, blocks.get(1) + blocks.get(3));
        assertThat(run(folder)).contains("2 cases: 2 passed").endsWith("greeter: 2 of 2 branches\n");
    }

    private static String run(Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        SidecarCtl.run(new String[]{"test", "tests", "--coverage"}, InputStream.nullInputStream(), print, print, Environment.of(folder));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What is indented by four blanks, without them. */
    private List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String line : page.lines().toList()) {
            if (line.startsWith("    ")) {
                block.append(line.substring(4)).append('\n');
            } else if (!block.isEmpty() && line.isBlank()) {
                block.append('\n');
            } else if (!block.isEmpty()) {
                blocks.add(block.toString().stripTrailing() + "\n");
                block.setLength(0);
            }
        }
        return blocks;
    }
}
