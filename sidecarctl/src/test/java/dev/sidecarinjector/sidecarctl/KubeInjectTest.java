package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KubeInjectTest {
    private static final String TEMPLATE = """
            spec:
              containers:
              - name: istio-proxy
                image: proxy:{{ .Values.tag }}
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: web, image: web}]}
            """;
    private static final String[] FILES = {"--injectConfigFile", "template", "--valuesFile", "values", "--meshConfigFile", "mesh"};

    @TempDir
    Path folder;

    @BeforeEach
    void configuration() throws IOException {
        write("template", TEMPLATE);
        write("values", "tag: 1\n");
        write("mesh", "");
    }

    @Test
    void aPodIsInjectedFromFiles() {
        Run run = run(POD);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(images(run.out())).containsExactly("web", "proxy:1");
        assertThat(run.out()).endsWith("---\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void valuesThatDoNotFitAreRefusedWithEveryPathAndTheFile() throws IOException {
        write("values", "tag: 1\nglobal: {proxy: {statusPort: abc, includeInboundPorts: [80]}}\n");
        Run run = run(POD);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("values: global.proxy.statusPort: expected an integer from 0 to 65535, got \"abc\"; "
                + "global.proxy.includeInboundPorts: expected \"*\" or one text with ports and commas between them, such as \"80,443\", got [80]"
                + " (in values)");
    }

    @Test
    void aKeyThatLooksLikeASlipIsAWarning() throws IOException {
        write("values", "tag: 1\nglobal: {proxy: {statusPrt: 15020}}\n");
        Run run = run(POD);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("values: global.proxy.statusPrt is not known; did you mean statusPort?");
    }

    @Test
    void valuesOfAnOperatorFileAreCheckedToo() throws IOException {
        write("operator", "spec: {values: {global: {logAsJson: 'false'}}}\n");
        Run run = run(POD, "--operatorFileName", "operator");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("values: global.logAsJson: expected true or false without quotes").contains("(in operator)");
    }

    @Test
    void withoutAnyConfigurationTheShippedTemplatesAreUsed() {
        Run run = Run.of(environment(), POD, "kube-inject", "-f", "-");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(YamlReader.read(run.out()).at("/spec/containers")).anySatisfy(
                container -> assertThat(container.path("name").asString()).isEqualTo("istio-proxy"));
    }

    @Test
    void theCorpusIsInjectedWithWhatShips() {
        for (String name : Corpus.NAMES) {
            // asks for a template of its own
            if (!name.equals("gateway")) {
                Run run = Run.of(environment(), Corpus.yaml(name), "kube-inject", "-f", "-");
                assertThat(run.status()).as(name + ": " + run.err()).isZero();
                assertThat(run.out()).as(name).endsWith("---\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiVersion: v1\nkind:   Service # keep\nspec: {b: 1,   a: 'x'}\n", "kind: PodList\r\nitems: [] # keep\r\n",
            "# only a comment\n", "\ufeffkind: ConfigMap\ndata: {a: \"\\u0041\"}\n", "---\nkind: Widget\n"})
    void whatIsNoWorkloadIsCopiedByteForByte(String document) {
        assertThat(run(document).out()).isEqualTo(document + "---\n");
    }

    @Test
    void aLastLineWithoutBreakGetsOneBeforeTheSeparator() {
        assertThat(run("kind: Service").out()).isEqualTo("kind: Service\n---\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "Job", "ReplicationController", "DeploymentConfig"})
    void aWorkloadIsKnownByItsKindWhateverItsApiVersion(String kind) {
        Run run = run("apiVersion: example.org/v7\nkind: " + kind
                + "\nmetadata: {name: w}\nspec: {future: 1, template: {spec: {novel: [x], containers: [{name: web, image: web, newer: {a: 1}}]}}}\n");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode object = YamlReader.read(run.out());
        assertThat(object.path("apiVersion").asString()).isEqualTo("example.org/v7");
        assertThat(object.at("/spec/template/spec/containers")).hasSize(2);
        assertThat(object.at("/spec/future").intValue()).isOne();
        assertThat(object.at("/spec/template/spec/novel")).hasToString("[\"x\"]");
        assertThat(object.at("/spec/template/spec/containers/0/newer")).hasToString("{\"a\":1}");
    }

    @Test
    void theItemsOfAListAreInjectedAlsoInAListWithin() {
        Run run = run("""
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"kind": "Service", "metadata": {"name": "s"}},
                  {"apiVersion": "v1", "kind": "List", "items": [
                \t{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "web", "image": "web"}]}}]}]}
                """.replace("\t", "  "));
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode list = YamlReader.read(run.out());
        assertThat(list.at("/items/1/items/0/spec/containers")).hasSize(2);
        assertThat(list.at("/items/0/metadata/name").asString()).isEqualTo("s");
    }

    @Test
    void aCronJobKeepsItsMetadataWhereThePeerWritesThem() {
        Run run = run("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: c}
                spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: web, image: web}]}}}}}
                """);
        JsonNode object = YamlReader.read(run.out());
        assertThat(object.at("/spec/jobTemplate/spec/template/spec/containers")).hasSize(2);
        assertThat(object.at("/spec/jobTemplate/metadata/annotations").propertyNames()).contains("sidecar.istio.io/status");
        assertThat(object.at("/spec/jobTemplate/spec/template/metadata/annotations").isMissingNode()).isTrue();
    }

    @Test
    void anOptOutInTheCronJobsPodTemplateIsObeyed() {
        Run run = run("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: c, namespace: team}
                spec:
                  jobTemplate:
                    metadata: {annotations: {sidecar.istio.io/inject: "true"}}
                    spec:
                      template:
                        metadata: {labels: {sidecar.istio.io/inject: "false"}}
                        spec: {containers: [{name: web, image: web}]}
                """);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(YamlReader.read(run.out()).at("/spec/jobTemplate/spec/template/spec/containers")).hasSize(1);
        assertThat(run.err()).contains(
                "===> Warning: CronJob \"team/c\": sidecar.istio.io/inject is \"false\" in the pod template and \"true\"",
                "===> Skipping injection because CronJob \"team/c\" has sidecar injection disabled\n\n");
    }

    @Test
    void whatIsSkippedIsSaid() {
        Run run = run(POD.replace("spec: {", "spec: {hostNetwork: true, ") + "---\n"
                + POD.replace("{name: a}", "{name: a, namespace: team, labels: {sidecar.istio.io/inject: 'false'}}"));
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEqualTo("""

                ===> Skipping injection because Pod "a" has host networking enabled

                ===> Skipping injection because Pod "team/a" has sidecar injection disabled

                """);
        assertThat(documents(run.out())).hasSize(2).allSatisfy(pod -> assertThat(pod.at("/spec/containers")).hasSize(1));
    }

    @Test
    void aWorkloadThatMayLackATemplateNeedsOneHere() {
        Run run = run("kind: DeploymentConfig\nmetadata: {name: d}\nspec: {replicas: 1}\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("<stdin>:1: DeploymentConfig \"d\": spec.template is required value");
    }

    @Test
    void unquotedScalarsBecomeTextWhereTheFieldIsText() {
        Run run = run(POD.replace("{name: a}", "{name: 5, labels: {a: y, b: 012, c: 1.50}}"));
        JsonNode metadata = YamlReader.read(run.out()).path("metadata");
        assertThat(metadata.path("name").stringValue()).isEqualTo("5");
        assertThat(metadata.at("/labels/a").stringValue()).isEqualTo("true");
        assertThat(metadata.at("/labels/b").stringValue()).isEqualTo("10");
        assertThat(metadata.at("/labels/c").stringValue()).isEqualTo("1.5");
    }

    @Test
    void brokenYamlStopsBehindTheDocumentsBefore() {
        Run run = run(POD + "---\nkind: Pod\nspec: [a\n---\n" + POD);
        assertThat(run.status()).isEqualTo(1);
        assertThat(documents(run.out())).hasSize(1);
        assertThat(run.err()).startsWith("Error: <stdin>:8:1: ").contains("expected");
    }

    @Test
    void aWrongSeparatorStopsBehindTheDocumentsBefore() {
        Run run = run(POD + "---\n" + POD + "--- x\n" + POD);
        assertThat(run.status()).isEqualTo(1);
        assertThat(documents(run.out())).hasSize(1);
        assertThat(run.err()).startsWith("Error: <stdin>:10:4: invalid Yaml document separator: x");
    }

    @Test
    void crlfAnchorsAndManyLinesAreNoHurdle() {
        Run crlf = run(POD.replace("\n", "\r\n"));
        assertThat(crlf.out()).isEqualTo(run(POD).out());
        Run anchors = run(POD.replace("{name: a}", "{name: a, labels: &l {x: y1}, annotations: *l}"));
        assertThat(YamlReader.read(anchors.out()).at("/metadata/annotations/x").asString()).isEqualTo("y1");
        Run lines = run(POD.replace("{name: a}",
                "\n  name: a\n  annotations:\n" + "    long: |\n" + "      line\n".repeat(100_000).stripTrailing()));
        assertThat(YamlReader.read(lines.out()).at("/metadata/annotations/long").asString()).hasSize(500_000);
    }

    @Test
    void manyDocumentsKeepTheirOrder() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            stream.append(i % 7 == 0 ? "kind: Widget\nmetadata: {name: w" + i + "}\n" : POD.replace("{name: a}", "{name: w" + i + "}"))
                    .append("---\n");
        }
        List<JsonNode> documents = documents(run(stream.toString()).out());
        assertThat(documents).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(documents.get(i).at("/metadata/name").asString()).isEqualTo("w" + i);
        }
    }

    @Test
    void anOutputFileIsWrittenWholeOrNotAtAll() throws IOException {
        Path file = write("out.yaml", "before\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run(POD + "---\nkind: [\n", "-o", "out.yaml").status()).isEqualTo(1);
        assertThat(file).hasContent("before\n");
        Run good = run(POD, "-o", "out.yaml");
        assertThat(good.out()).isEmpty();
        assertThat(file).content().isEqualTo(run(POD).out());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void anOutputBehindALinkKeepsTheLink() throws IOException {
        Path file = write("real.yaml", "");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        assertThat(run(POD, "-o", "link.yaml").status()).isZero();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void filesFoldersAndRepetitionsAreReadInOrderAndOnce() throws IOException {
        Files.createDirectory(folder.resolve("d"));
        write("d/b.yml", "kind: B\n");
        write("d/a.yaml", "kind: A\n");
        write("d/c.json", "{\"kind\": \"C\"}\n");
        write("d/readme.txt", "kind: No\n");
        write("z.yaml", "kind: Z\n");
        Run run = Run.of(environment(), "", "kube-inject", "-f", "z.yaml", "--filename=d", "-f", "./z.yaml", "d/../z.yaml", "--offline");
        assertThat(run.out()).isEqualTo("kind: Z\n---\nkind: A\n---\nkind: B\n---\n{\"kind\": \"C\"}\n---\n");
    }

    @Test
    void aTemplateFileMayAlsoBeAConfigurationWithTemplates() throws IOException {
        write("template", "policy: disabled\ntemplates:\n  sidecar: |\n    " + TEMPLATE.replace("\n", "\n    ") + "\n");
        assertThat(images(run(POD).out())).containsExactly("web", "proxy:1");
    }

    @Test
    void anOperatorFileGoesBeforeTheValuesFile() throws IOException {
        write("operator", "spec: {values: {tag: operator}, meshConfig: {trustDomain: td}}\n");
        Run run = run(POD, "--operatorFileName", "operator");
        assertThat(images(run.out())).containsExactly("web", "proxy:operator");
    }

    @Test
    void nativeSidecarsAreDecidedByVariableAndNodes() {
        Environment nodes = environment().withNodes(Map.of("n", "v1.33.0"));
        assertThat(initContainers(Run.of(nodes, POD, "kube-inject", "-f", "-").out())).contains("istio-proxy");
        assertThat(initContainers(Run.of(environment(), POD, "kube-inject", "-f", "-").out())).doesNotContain("istio-proxy");
        Environment on = environment().withVariables(Map.of("ENABLE_NATIVE_SIDECARS", "true"));
        assertThat(initContainers(Run.of(on, POD, "kube-inject", "-f", "-").out())).contains("istio-proxy");
        Run odd = Run.of(nodes.withVariables(Map.of("ENABLE_NATIVE_SIDECARS", "maybe")), POD, "kube-inject", "-f", "-");
        assertThat(initContainers(odd.out())).doesNotContain("istio-proxy");
        assertThat(odd.err()).contains("ENABLE_NATIVE_SIDECARS is \"maybe\"");
    }

    private Environment environment() {
        return Environment.of(folder);
    }

    private Run run(String input, String... more) {
        List<String> args = new ArrayList<>(List.of("kube-inject", "-f", "-"));
        args.addAll(List.of(FILES));
        args.addAll(List.of(more));
        return Run.of(environment(), input, args.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> images(String yaml) {
        List<String> images = new ArrayList<>();
        YamlReader.read(yaml).at("/spec/containers").forEach(container -> images.add(container.path("image").asString()));
        return images;
    }

    private static List<String> initContainers(String yaml) {
        List<String> names = new ArrayList<>();
        YamlReader.read(yaml).at("/spec/initContainers").forEach(container -> names.add(container.path("name").asString()));
        return names;
    }

    private static List<JsonNode> documents(String out) {
        List<JsonNode> documents = new ArrayList<>();
        for (String text : out.split("(?m)^---\n", -1)) {
            if (!text.isEmpty()) {
                documents.add(YamlReader.read(text));
            }
        }
        return documents;
    }
}
