package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** explain, diff, uninject and completion with files alone. */
class InspectionCommandsTest {
    private static final String NAMESPACE = "---\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}}
            """;

    @TempDir
    Path folder;

    @Test
    void aManifestIsExplainedWithTheNamespaceBesideIt() {
        Run run = run(DEPLOYMENT + NAMESPACE, "explain", "-f", "-");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Deployment \"shop/web\": injected, because nothing said otherwise and the policy is enabled\n")
                .contains("its labels: <stdin>:6").contains("namespace.sidecar-injector.istio.io: yes").contains("templates: sidecar")
                .contains("  * give the pod the label sidecar.istio.io/inject=false");
    }

    @Test
    void withoutTheNamespacesLabelsTheVerdictIsOpenAndTheFlagIsNamed() {
        assertThat(run(DEPLOYMENT, "explain", "-f", "-").out()).contains("\"shop/web\": not known").contains("--namespace-labels");
        assertThat(run(DEPLOYMENT, "explain", "-f", "-", "--namespace-labels", "").out()).contains("\"shop/web\": not injected");
    }

    @Test
    void theRevisionsOwnRegistrationIsTheDefault() {
        assertThat(run(DEPLOYMENT, "explain", "-f", "-", "-r", "canary", "--namespace-labels", "istio.io/rev=canary").out())
                .contains("\"shop/web\": injected").contains("istio-sidecar-injector-canary, rev.namespace.sidecar-injector.istio.io: yes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"explain|64|nothing to explain", "explain -f -|1|there is no pod and no workload",
            "explain pod/x|1|no cluster is"
                    + " configured",
            "explain -f - -o yaml|64|expected one of text, json", "explain -f - --namespace-labels x|1|", "diff -f absent|2|no such file",
            "diff -f - --color sometimes|64|expected one of auto, always, never", "diff --nope|64|Unknown option",
            "uninject|1|filename not specified",
            "completion tcsh|64|expected one of bash, zsh, fish", "explain -f - --registration absent|1|"})
    void faultsAreNamedAndHaveTheirStatus(String line, int status, String message) {
        Run run = run("kind: Service\n", line.split(" ", -1));
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.err()).contains(message == null ? "" : message);
    }

    @Test
    void aDiffEndsLikeThatOfGit() {
        assertThat(run("kind: Service\n", "diff", "-f", "-").status()).isZero();
        assertThat(run(DEPLOYMENT.replace("{app: web}", "{sidecar.istio.io/inject: 'false'}"), "diff", "-f", "-").status()).isZero();
        assertThat(run(DEPLOYMENT, "diff", "-f", "-").status()).isOne();
        assertThat(run("kind: Pod\nspec: {containers: 7}\n", "diff", "-f", "-").status()).isEqualTo(2);
    }

    @Test
    void aDiffNamesWhatChangesAndWhatItCosts() {
        Run run = run(DEPLOYMENT, "diff", "-f", "-");
        assertThat(run.out()).contains("Deployment \"shop/web\"").contains("+   istio-proxy  ").contains("+   sidecar.istio.io/status: ")
                .contains("quality of service: BestEffort -> Burstable").contains("pod security: baseline -> privileged")
                .contains("Capabilities: spec.initContainers[istio-init].securityContext.capabilities.add is \"NET_ADMIN\"")
                .doesNotContain("\u001b");
        assertThat(run(DEPLOYMENT, "diff", "-f", "-", "--color", "always").out()).contains("\u001b[32m");
    }

    @Test
    void theUnifiedDiffLeadsFromTheOneManifestToTheOther() throws IOException, InterruptedException {
        Run run = run(DEPLOYMENT, "diff", "-f", "-", "-o", "unified");
        assertThat(run.out()).startsWith("--- a/<stdin>:1\n+++ b/<stdin>:1\n@@ ");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "/usr/bin/patch is not installed");
        String skipped = run(DEPLOYMENT.replace("{app: web}", "{app: web, sidecar.istio.io/inject: 'false'}"), "kube-inject", "-f", "-")
                .out();
        Path file = Files.writeString(folder.resolve("file"),
                skipped.replace("---\n", "").replaceAll(" *sidecar.istio.io/inject: .*\n", ""));
        Path patch = Files.writeString(folder.resolve("patch"), run.out());
        Process process = new ProcessBuilder("patch", "-s", file.toString(), patch.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(Files.readString(file) + "---\n").isEqualTo(run(DEPLOYMENT, "kube-inject", "-f", "-").out());
    }

    @Test
    void theDiffAsJsonHoldsAPatch() {
        JsonNode report = JsonMapper.shared().readTree(run(DEPLOYMENT, "diff", "-f", "-", "-o", "json").out()).path(0);
        assertThat(report.path("different").booleanValue()).isTrue();
        assertThat(report.at("/qosClass/after").asString()).isEqualTo("Burstable");
        assertThat(report.at("/podSecurity/after/level").asString()).isEqualTo("privileged");
        assertThat(report.path("patch")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment-plain", "statefulset-volumes", "job", "cronjob", "pod-native-sidecar", "prometheus",
            "unknown-fields"})
    void uninjectUndoesKubeInject(String name) {
        String injected = run(Corpus.yaml(name), "kube-inject", "-f", "-").out();
        assertThat(injected).contains("istio-proxy");
        Run run = run(injected, "uninject", "-f", "-");
        assertThat(run.status()).as(run.err()).isZero();
        ObjectNode expected = (ObjectNode) YamlReader.read(Corpus.yaml(name));
        PodShape.coerce(expected);
        PodShape.printable(expected);
        assertThat(YamlReader.read(run.out())).isEqualTo(expected);
    }

    @Test
    void uninjectRefusesWhatWasEditedAndNamesThePlace() {
        String injected = run(DEPLOYMENT, "kube-inject", "-f", "-").out();
        Run run = run(injected.replaceFirst("- --log_output_level=[^\n]*|- --proxyLogLevel=[^\n]*", "- --edited"), "uninject", "-f", "-");
        assertThat(run.status()).isOne();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Error: <stdin>:1: Deployment \"shop/web\": it is not what this configuration injects")
                .contains("spec.containers[istio-proxy].args").contains("--edited");
    }

    @Test
    void whatWasNotInjectedIsLeftAsItIs() {
        Run run = run(DEPLOYMENT, "uninject", "-f", "-");
        assertThat(run.status()).isZero();
        assertThat(YamlReader.read(run.out()).at("/spec/template/spec/containers")).hasSize(1);
        assertThat(run.err()).contains("carries no record of an injection");
    }

    @Test
    void bashCompletesCommandsAndFlags() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "/bin/bash is not installed");
        Path script = Files.writeString(folder.resolve("completion"), run("", "completion", "bash").out());
        String complete = "source " + script + "; COMP_WORDS=(sidecarctl %s); COMP_CWORD=%d; COMP_LINE='sidecarctl %s'; COMP_POINT=99;"
                + " _complete_sidecarctl; echo \"${COMPREPLY[@]}\"";
        assertThat(shell("/bin/bash", complete.formatted("ex", 1, "ex"))).contains("explain");
        assertThat(shell("/bin/bash", complete.formatted("explain --namesp", 2, "explain --namesp"))).contains("--namespace-labels");
    }

    @Test
    void theOtherShellsHaveAScriptToo() {
        assertThat(run("", "completion", "zsh").out()).contains("bashcompinit").contains("explain");
        assertThat(run("", "completion", "fish").out()).contains("-a explain").contains("-l namespace-labels -r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ex|explain", "explain --namesp|--namespace", "completion z|zsh"})
    void kubectlIsToldWhatMayFollow(String words, String suggestion) {
        String[] args = ("__complete " + words).split(" ", -1);
        assertThat(run("", args).out().lines().toList()).contains(suggestion).endsWith(":4");
        assertThat(run("", "__complete", "diff", "-f", "").out()).isEqualTo(":0\n");
    }

    /** kubectl runs the file kubectl-sidecar that it finds on PATH, here behind a link, with the arguments after "sidecar". */
    @ParameterizedTest
    @CsvSource({"kubectl-sidecar,explain pod/a b", "kubectl_complete-sidecar,__complete explain pod/a b"})
    void asAPluginOfKubectlItIsTheSameProgram(String launcher, String expected) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("checkout/bin"));
        Files.copy(Path.of("..", "bin", launcher), bin.resolve(launcher), StandardCopyOption.COPY_ATTRIBUTES);
        Path program = Files.writeString(bin.resolve("sidecarctl"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path link = Files.createSymbolicLink(folder.resolve(launcher), bin.resolve(launcher));
        assertThat(shell("/bin/sh", link + " explain pod/a b").strip()).isEqualTo(expected);
    }

    private static String shell(String shell, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(shell, "-c", script).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    private Run run(String input, String... args) {
        return Run.of(Environment.of(folder), input, args);
    }
}
