package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.sidecarctl.SidecarCtl;
import dev.sidecarinjector.webhook.SidecarInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every flag with its default and its meaning is in the documentation as it is in the program. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("project.root", ".."), "docs", "reference");

    @ParameterizedTest
    @ValueSource(strings = {"sidecarctl", "sidecar-injector"})
    void thePageShowsTheProgramAsItIs(String program) throws IOException {
        CommandLine command = program.equals("sidecarctl") ? SidecarCtl.commandLine() : SidecarInjector.commandLine();
        Path file = PAGES.resolve(program + ".md");
        String expected = ReferencePage.of(command);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(PAGES);
            Files.writeString(file, expected);
        }
        assertThat(file).exists();
        assertThat(Files.readString(file)).as("%s, to be renewed as its first line says", file).isEqualTo(expected);
    }
}
