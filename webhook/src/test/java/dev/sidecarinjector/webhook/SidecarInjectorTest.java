package dev.sidecarinjector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The program's arguments, and starts that cannot succeed. */
class SidecarInjectorTest {
    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theOptionsAndTheirDefaults() {
        List<String> options = SidecarInjector.commandLine()
                .getCommandSpec()
                .options()
                .stream()
                .map(option -> option.longestName() + "=" + option.defaultValue())
                .toList();
        assertThat(options).containsExactly("--config-dir=null", "--host=null", "--port=15017", "--monitoring-port=null", "--debug-port=-1",
                "--revision=default", "--cluster=null", "--kubeconfig=null", "--namespace=null", "--injector-configmap=null",
                "--mesh-configmap=null", "--cert-dir=null", "--cert-secret=null", "--cert-life=null", "--cert-renewal=null",
                "--service=sidecar-injector",
                "--registration-dir=null", "--registration-owner=null", "--client-ca=null", "--deadline=null", "--log-format=text",
                "--log-level=info", "--otlp-endpoint=null", "--help=null", "--version=null");
    }

    @Test
    void everyOptionIsExplained() {
        assertThat(run("--help")).isZero();
        for (OptionSpec option : SidecarInjector.commandLine().getCommandSpec().options()) {
            assertThat(out.toString().contains(option.longestName())).as(option.longestName()).isEqualTo(!option.hidden());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("sidecar-injector \\d+\\.\\d+\\.\\d+\\S*\\s+");
    }

    @ParameterizedTest
    @CsvSource({"--prot, --prot", "--port, Missing required parameter", "--port=eighty, eighty", "--port=-1, between 0 and 65535",
            "--port=65536, between 0 and 65535", "--debug-port=-2, between -1 and 65535", "--monitoring-port=70000, between -1 and 65535",
            "--cert-secret=s, without --cluster", "--cluster, --cert-secret NAME or --cert-dir DIR",
            "--registration-dir=d, without --cluster", "--deadline=soon, 500ms",
            "--log-level=loud, loud", "--log-format=xml, xml", "extra, extra"})
    void argumentsThatCannotBeUnderstoodEndWithStatusTwo(String argument, String said) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString()).startsWith("sidecar-injector: ").contains(said).contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMissingFileOfTheConfigurationIsNamed() throws Exception {
        assertThat(run("--config-dir", folder.toString(), "--port", "0")).isEqualTo(1);
        assertThat(err.toString()).contains(folder.resolve("config").toString(), "no such file", "values");

        Files.writeString(folder.resolve("config"), "policy: enabled\n");
        assertThat(run("--config-dir", folder.toString(), "--port", "0")).isEqualTo(1);
        assertThat(err.toString()).contains(folder.resolve("values").toString());
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws Exception {
        Files.write(folder.resolve("config"), new byte[]{(byte) 0xff, (byte) 0xfe, 0});
        assertThat(run("--config-dir", folder.toString(), "--port", "0")).isEqualTo(1);
        assertThat(err.toString()).contains(folder.resolve("config").toString(), "UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"config, 'policy: [', {}, ''", "config, 'templates: {sidecar: \"{{ if }}\"}', {}, ''", "values, 'policy: enabled', '{', ''",
            "mesh, 'policy: enabled', {}, 'defaultConfig: ['"})
    void aFileThatCannotBeUsedIsNamedAndNothingIsWritten(String named, String config, String values, String mesh) throws Exception {
        Files.writeString(folder.resolve("config"), config);
        Files.writeString(folder.resolve("values"), values);
        Files.writeString(folder.resolve("mesh"), mesh);
        Path certificates = folder.resolve("certs");
        assertThat(run("--config-dir", folder.toString(), "--port", "0", "--cert-dir", certificates.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(folder.toString(), named);
        assertThat(out.toString()).isEmpty();
        assertThat(certificates).doesNotExist();
    }

    private int run(String... arguments) {
        CommandLine command = SidecarInjector.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
