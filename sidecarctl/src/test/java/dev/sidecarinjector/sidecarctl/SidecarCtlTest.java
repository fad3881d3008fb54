package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SidecarCtlTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {
            "kube-inject → 1 → Error: filename not specified (see --filename or -f)",
            "kube-inject -f missing.yaml → 1 → Error: open missing.yaml: no such file or directory",
            "kube-inject -f empty → 1 → Error: open empty: the folder has no .yaml, .yml or .json file",
            "kube-inject --wrong → 64 → Error: Unknown option: '--wrong' (see sidecarctl kube-inject --help)",
            "kube-inject --valuesFile → 64 → Error: Missing required parameter for option '--valuesFile' (FILE) (see sidecarctl kube-inject --help)",
            "kube-inject -f a.yaml --valuesFile no → 1 → Error: open no: no such file or directory",
            "kube-inject -f a.yaml --context x → 1 → Error: no cluster is configured (no kubeconfig was found); name one with --kubeconfig,",
            "kube-inject -f a.yaml -o no/such/folder → 1 → Error: open no/such/folder: no such file or directory",
            "kube-inject -f a.yaml --operatorFileName a.yaml → 1 → Error: a.yaml: expected an IstioOperator resource with a spec",
            "other → 64 → Error: Unmatched argument at index 0: 'other' (see sidecarctl --help)",
            "`` → 64 → Error: no command given (see sidecarctl --help)"})
    void faultyArgumentsAreNamed(String line, int status, String error) throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("a.yaml"), "kind: A\n");
        Run run = run(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(run.err()).startsWith(error);
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void theHelpNamesEveryFlagThatIsNotHidden() {
        Run run = run("kube-inject", "--help");
        assertThat(run.status()).isZero();
        for (Flag flag : Flag.values()) {
            assertThat(run.out().contains(flag.longName())).as(flag.longName()).isEqualTo(!flag.isHidden());
        }
    }

    /** Spec 17.1. */
    @Test
    void theFlagsOfThePeerAreThere() {
        CommandLine command = SidecarCtl.commandLine().getSubcommands().get("kube-inject");
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        assertThat(names).contains("-f", "--filename", "-o", "--output", "--meshConfigFile", "--meshConfigMapName", "--injectConfigFile",
                "--injectConfigMapName", "--valuesFile", "--operatorFileName", "--webhookConfig", "-r", "--revision", "--xds-address", "-i",
                "--istioNamespace", "-n", "--namespace", "-c", "--kubeconfig", "--context");
        assertThat(Map.of(Flag.MESH_CONFIG_MAP, "istio", Flag.INJECT_CONFIG_MAP, "istio-sidecar-injector", Flag.WEBHOOK_CONFIG,
                "istio-sidecar-injector", Flag.ISTIO_NAMESPACE, "istio-system")).allSatisfy(
                        (flag, value) -> assertThat(flag.defaultValue()).isEqualTo(value));
    }

    @Test
    void theQuickReaderOfArgumentsAgreesWithPicocli() {
        Random random = new Random(17);
        String[] words = {"-f", "--filename", "-o", "--output", "-r", "--revision", "--offline", "--insecure", "a", "b", "-", "--context",
                "-fx",
                "--revision=c", "-r=d", "--offline=true", "--nope", "--", "", "--valuesFile=", "-h", "-i"};
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            List<String> args = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                args.add(words[random.nextInt(words.length)]);
            }
            Arguments quick = Arguments.plain(args);
            if (quick != null) {
                read++;
                List<String> all = new ArrayList<>(List.of("kube-inject"));
                all.addAll(args);
                CommandLine line = SidecarCtl.commandLine();
                assertThat(quick).as(args.toString()).isEqualTo(Usage.arguments(line.parseArgs(all.toArray(String[]::new)).subcommand()));
            }
        }
        assertThat(read).isGreaterThan(2000);
    }

    @Test
    void anUnusualSpellingWorksToo() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: A\n");
        assertThat(run("kube-inject", "-fa.yaml").out()).isEqualTo("kind: A\n---\n");
    }

    @Test
    void noClusterIsAskedWhenFilesGiveEverything() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: A\n");
        Files.writeString(folder.resolve("t"), "spec: {}\n");
        Files.writeString(folder.resolve("v"), "{}\n");
        Environment guarded = Environment.of(folder).withClusters(_ -> {
            throw new AssertionError("a cluster was sought");
        });
        assertThat(Run.of(guarded, "", "kube-inject", "-f", "a.yaml", "--injectConfigFile", "t", "--valuesFile", "v", "--meshConfigFile",
                "v", "-r",
                "x").status()).isZero();
        assertThat(Run.of(guarded, "", "kube-inject", "-f", "a.yaml", "--offline").status()).isZero();
    }

    @Test
    void aReaderThatHasGoneEndsTheRunWithoutAWord() {
        OutputStream closed = new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = SidecarCtl.run(new String[]{"kube-inject", "-f", "-"},
                new ByteArrayInputStream("kind: A\n---\n".repeat(100_000).getBytes(StandardCharsets.UTF_8)), new PrintStream(closed),
                new PrintStream(err), Environment.of(folder));
        assertThat(status).isEqualTo(141);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Run run(String... args) {
        return Run.of(Environment.of(folder), "", args);
    }
}
