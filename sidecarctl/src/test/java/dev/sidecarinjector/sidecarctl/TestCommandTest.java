package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** sidecarctl test: what passes, what fails, and what must not pass in silence. */
class TestCommandTest {
    private static final String TEMPLATE = """
            {{- if eq .ObjectMeta.Name "web" }}
            metadata: {labels: {greeting: {{ .Values.greeting | quote }}}}
            {{- else if .Values.bye }}
            metadata: {labels: {greeting: bye}}
            {{- end }}
            spec: {containers: [{name: helper, image: example.com/helper, args: [a, b, c]}]}
            """;
    private static final String GIVEN = """
            given:
              templates: {mine: mine.gotmpl}
              config: {policy: enabled, defaultTemplates: [mine]}
              values: {greeting: hello}
              pod: {metadata: {name: web}, spec: {containers: [{name: app, image: app}]}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void template() throws IOException {
        write("t/mine.gotmpl", TEMPLATE);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private Run run(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "test";
        args[1] = "t";
        System.arraycopy(more, 0, args, 2, more.length);
        return Run.of(Environment.of(folder), "", args);
    }

    /** Writes one case with these expectations, each line indented as in the file, and runs it. */
    private Run expecting(String expect, String... more) throws IOException {
        write("t/one.yaml", GIVEN + "cases:\n- name: one\n  because: it matters\n  expect:\n" + expect.indent(4));
        return run(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"injected: true", "reason: policy_enabled", "warnings: []", "paths: {'metadata.labels.greeting': hello}",
            "present: spec.containers[name=helper]", "absent: spec.initContainers[name=x]",
            "contains: {'spec.containers[name=helper].args': [b, c]}", "contains: {'spec.containers[name=helper].args': b}",
            "contains: {'spec.containers[name=helper].image': example}", "contains: {'spec.containers[name=helper]': {name: helper}}",
            "lacks: {'spec.containers[name=helper].args': [a, c]}",
            "matches: {'spec.containers[name=helper].image': '^example\\.com/\\w+$'}"})
    void whatIsSoPasses(String expect) throws IOException {
        Run run = expecting(expect);
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).startsWith("ok    t/one.yaml: one\n").contains("1 case: 1 passed, 0 failed")
                .contains("mine: 1 of 3 branches");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"injected: false|found:    the pod is injected (policy_enabled)",
            "reason: switch_on|policy: enabled (inject)",
            "error: nothing|expected: a refusal with \"nothing\"", "warnings: something|expected: one with each of [something]",
            "paths: {'metadata.labels.greeting': bye}|found:    \"hello\"",
            "paths: {'spec.containers[name=helpre].image': x}|there is no item with name=helpre; there are helper, app",
            "present: spec.volumes|there is no volumes; there are", "absent: spec.containers[name=helper]|found:    {\"name\":\"helper\"",
            "absent: spec.containers[name=nobody].image|there is no item with name=nobody",
            "contains: {'spec.containers[name=helper].args': [a, c]}|found:    [\"a\",\"b\",\"c\"]",
            "lacks: {'spec.containers[name=helper].args': b}|something without \"b\"",
            "lacks: {'spec.containers[name=x].args': b}|there is no item",
            "matches: {'spec.containers[name=helper].image': '^com'}|a match of ^com",
            "pod: {metadata: {name: web}}|+    greeting: hello", "patch: {metadata: {labels: {greeting: bye}}}|-    greeting: bye"})
    void whatIsNotSoFailsAndSaysWhatIs(String expect, String said) throws IOException {
        Run run = expecting(expect);
        assertThat(run.status()).as(run.out() + run.err()).isOne();
        assertThat(run.out()).contains("FAIL  t/one.yaml:7: one\n      because it matters\n").contains(said);
    }

    @Test
    void theWholePodAndTheDifferenceAreJudgedToTheLastField() throws IOException {
        String status = "'{\"initContainers\":null,\"containers\":[\"helper\"],\"volumes\":null,\"imagePullSecrets\":null,"
                + "\"revision\":\"default\"}'";
        String added = """
                metadata:
                  labels: {greeting: hello}
                  annotations: {prometheus.io/path: /stats/prometheus, prometheus.io/port: '15020', prometheus.io/scrape: 'true', sidecar.istio.io/status: STATUS}
                spec: {containers: [{name: helper, image: example.com/helper, args: [a, b, c]}]}
                """.replace("STATUS", status);
        assertThat(expecting("patch:\n" + added.indent(2)).out()).contains("1 passed");
        String whole = added.replace("metadata:\n", "metadata:\n  name: web\n").replace("c]}]", "c]}, {name: app, image: app}]");
        assertThat(expecting("pod:\n" + whole.indent(2)).out()).contains("1 passed");
        write("t/expected.yaml", "apiVersion: v1\nkind: Pod\n" + whole);
        assertThat(expecting("podFile: expected.yaml").out()).contains("1 passed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"expect: {injectd: true}|t/one.yaml:8: unknown key \"injectd\"; did you mean \"injected\"?",
            "expct: {injected: true}|t/one.yaml:8: unknown key \"expct\"; did you mean \"expect\"?",
            "expect: {reason: switch_onn}|t/one.yaml:8: unknown reason \"switch_onn\"; did you mean \"switch_on\"?",
            "expect: {}|the case expects nothing", "because: x|t/one.yaml:7: the case expects nothing",
            "expect: {injected: yes please}|expected true or false at injected", "expect: {paths: {'a[': 1}}|the bracket is not closed",
            "expect: {absent: spec.initContainer}|a PodSpec has no field \"initContainer\"; did you mean \"initContainers\"?",
            "expect: {injected: true, injected: false}|the key \"injected\" stands here again",
            "expect: {matches: {a: '('}}|no regular expression",
            "expect: {podFile: nowhere.yaml}|there is no file t/nowhere.yaml", "expect: {pod: {}, podFile: one.yaml}|write one of them",
            "given: {valeus: {}}|did you mean \"values\"?", "given: {as: webhok}|unknown front end \"webhok\"; did you mean \"webhook\"?",
            "given: {config: {alias: {}}}|did you mean \"aliases\"?", "given: {namespace: {label: {}}}|did you mean \"labels\"?",
            "given: {pod: {kind: Service}}|a \"Service\" has no pod", "given: {pod: null}|the case gives no pod",
            "given: {pod: {spec: {containers: 7}}}|this is no pod", "given: {nativeSidecars: maybe}|known are true, false, auto",
            "given: {revision: 7}|put it in quotes"})
    void aCaseThatCannotBeMeantIsAnErrorWithItsPlace(String line, String message) throws IOException {
        write("t/one.yaml", GIVEN + "cases:\n- name: one\n  " + line + "\n");
        Run run = run();
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).contains("Error: t/one.yaml:").contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void nothingInAFolderIsPassedOver() throws IOException {
        assertThat(run().err()).contains("t: there is no case in it");
        write("t/one.yaml", GIVEN + "cases: []\n");
        assertThat(run().err()).contains("t/one.yaml:6: expected at least one case");
        write("t/one.yaml", GIVEN + "case:\n- name: one\n");
        assertThat(run().err()).contains("t/one.yaml:1: this is no file of cases (it has no key \"cases\")");
        write("t/one.yaml", GIVEN + "cases:\n- {name: one, expect: {injected: true}}\n---\ncases: []\n");
        assertThat(run().err()).contains("expected one document, found another one");
        write("t/one.yaml", GIVEN + "cases:\n- {name: one, expect: {injected: true}}\n- {name: one, expect: {injected: false}}\n");
        assertThat(run().err()).contains("two cases are named \"one\"");
        write("t/one.yaml", GIVEN + "cases:\n- {name: one, expect: {injected: true}}\n");
        assertThat(run().status()).isZero();
        write("t/deep/left-over.yaml", "kind: Pod\n");
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("--filter", "one").err()).contains("t/deep/left-over.yaml:1").contains("no case names it");
    }

    @Test
    void defaultsOfFoldersFilesAndCasesAreMergedAndANullTakesAway() throws IOException {
        write("t/defaults.yaml", GIVEN);
        write("t/deep/defaults.yaml", "given: {values: {greeting: deep, bye: true}}\n");
        write("t/deep/one.yaml", """
                given: {pod: {metadata: {labels: {app: web}}}}
                cases:
                - {name: a, expect: {paths: {metadata.labels: {app: web, greeting: deep}}}}
                - {name: b, given: {pod: {metadata: {labels: null}}, values: {greeting: case}}, expect: {paths: {metadata.labels: {greeting: case}}}}
                - {name: c, given: {pod: {metadata: {name: other}}}, expect: {paths: {metadata.labels.greeting: bye}}}
                - {name: d, given: {pod: {metadata: {name: other, labels: null}}, values: {bye: null}}, expect: {absent: metadata.labels}}
                """);
        Run run = run();
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("4 passed").contains("mine: 3 of 3 branches");
        assertThat(Run.of(Environment.of(folder), "", "test", "t/deep/one.yaml").out()).contains("4 passed");
        assertThat(Run.of(Environment.of(folder.resolve("t")), "", "test", "deep").out()).contains("4 passed");
        write("t/deep/defaults.yaml", "given: {valeus: {}}\n");
        assertThat(run().err()).contains("t/deep/defaults.yaml:1: unknown key \"valeus\"; did you mean \"values\"?");
    }

    @Test
    void configurationsPodsAndTheirSurroundingsMayComeFromFiles() throws IOException {
        write("t/pod.yaml", "kind: Pod\nmetadata: {name: web, labels: {a: b}}\nspec: {containers: [{name: app, image: app}]}\n");
        write("t/maps.yaml", """
                kind: ConfigMap
                data:
                  config: |
                    policy: disabled
                    templates: {sidecar: 'metadata: {labels: {network: {{ .Values.global.network | quote }}}}'}
                  values: '{"global": {"network": "n1"}}'
                ---
                kind: ConfigMap
                data: {mesh: 'trustDomain: td'}
                """);
        write("t/values.yaml", "global: {network: n2}\n");
        write("t/one.yaml", """
                given: {podFile: pod.yaml, configMaps: [maps.yaml]}
                cases:
                - {name: policy, expect: {injected: false, reason: policy_disabled}}
                - {name: switch, given: {pod: {metadata: {labels: {sidecar.istio.io/inject: 'true'}}}}, expect: {reason: switch_on, paths: {metadata.labels.network: n1}}}
                - {name: values, given: {config: {policy: enabled}, valuesFile: values.yaml}, expect: {reason: policy_enabled, paths: {metadata.labels.network: n2}}}
                - {name: asked, given: {config: {policy: enabled}, namespace: {name: shop, labels: {istio-injection: enabled}}}, expect: {injected: true}}
                - {name: not asked, given: {config: {policy: enabled}, namespace: {name: shop, labels: {}}}, expect: {injected: false, reason: not_asked}}
                """);
        Run run = run();
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("5 passed");
    }

    @Test
    void aRefusalThatNobodyExpectsFailsTheCaseWhateverElseItExpects() throws IOException {
        String pod = "given: {pod: {metadata: {annotations: {sidecar.istio.io/proxyCPU: much}}, spec: {containers: [{name: a, image: a}]}}}\n";
        write("t/one.yaml", pod + "cases:\n- {name: one, expect: {injected: false}}\n");
        assertThat(run().status()).isOne();
        assertThat(run().out()).contains("the pod is refused (invalid_annotation)");
        write("t/one.yaml", pod + "cases:\n- {name: one, expect: {error: proxyCPU, reason: invalid_annotation}}\n");
        assertThat(run().status()).isZero();
    }

    @Test
    void workloadsAreInjectedAsManifestsOrAsTheirPods() throws IOException {
        write("t/one.yaml", GIVEN + """
                cases:
                - name: manifest
                  given: &deployment
                    as: kube-inject
                    config: {templates: {sidecar: 'metadata: {labels: {owner: {{ .DeploymentMeta.Name | quote }}}}'}}
                    pod: {apiVersion: apps/v1, kind: Deployment, metadata: {name: front}, spec: {containers: null, template: {spec: {containers: [{name: a, image: a}]}}}}
                  expect: {paths: {spec.template.metadata.labels.owner: front}, absent: metadata.labels}
                - name: pod
                  given: {<<: *deployment, as: webhook, config: {defaultTemplates: [sidecar], templates: {sidecar: 'metadata: {labels: {owner: {{ .DeploymentMeta.Name | quote }}}}'}}}
                  expect: {paths: {metadata.labels.owner: front}}
                - name: left alone
                  given: {<<: *deployment, pod: {kind: CronJob, metadata: {name: x}, spec: {template: null, containers: null, jobTemplate: {spec: {template: {metadata: {labels: {sidecar.istio.io/inject: 'false'}}, spec: {containers: [{name: a, image: a}]}}}}}}}
                  expect: {injected: false, reason: switch_off}
                """);
        Run run = run();
        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }

    @Test
    void aTemplateThatCannotBeParsedIsAnErrorOfTheCase() throws IOException {
        write("t/mine.gotmpl", "{{ if }}");
        Run run = expecting("injected: true", "--junit", "junit.xml");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("FAIL").contains("missing value for if");
        assertThat(Files.readString(folder.resolve("junit.xml"))).contains("errors=\"1\"").contains("<error message=");
    }

    @Test
    void branchesWithoutACaseAreNamedAndAMinimumFails() throws IOException {
        Run run = expecting("injected: true", "--coverage", "--coverage-minimum", "50");
        assertThat(run.status()).isOne();
        assertThat(run.out()).contains("1 case: 1 passed")
                .contains("mine: 1 of 3 branches, which is 33.3 % and less than 50 %\n")
                .contains("  not taken: mine:3:5  else if .Values.bye\n")
                .contains("  not taken: mine:1:5  if eq .ObjectMeta.Name \"web\": no branch");
        assertThat(expecting("injected: true", "--coverage-minimum", "33.3").status()).isZero();
        assertThat(expecting("injected: true", "--coverage-minimum", "101").err()).contains("expected a number from 0 to 100");
    }

    @Test
    void resultsAreJson() throws IOException {
        JsonNode json = JsonMapper.shared().readTree(expecting("injected: false", "--output", "json").out());
        assertThat(json.path("cases").asInt()).isOne();
        assertThat(json.path("failed").asInt()).isOne();
        assertThat(json.at("/results/0/line").asInt()).isEqualTo(7);
        assertThat(json.at("/results/0/failures/0/what").asString()).isEqualTo("injected");
        assertThat(json.at("/coverage/0/template").asString()).isEqualTo("mine");
        assertThat(json.at("/coverage/0/branches").size()).isEqualTo(3);
    }

    @Test
    void resultsAreJunitXml() throws Exception {
        write("t/mine.gotmpl", TEMPLATE);
        write("t/one.yaml", GIVEN + "cases:\n- {name: good, expect: {injected: true}}\n- {name: \"b<a>d & \\\"quoted\\\" \\u0001\", expect:"
                + " {injected: false}}\n");
        assertThat(run("--junit", "out.xml", "--coverage-minimum", "90").status()).isOne();
        String xml = Files.readString(folder.resolve("out.xml"));
        var suites = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("testsuite");
        Element cases = (Element) suites.item(0);
        assertThat(cases.getAttribute("name")).isEqualTo("t/one.yaml");
        assertThat(cases.getAttribute("tests")).isEqualTo("2");
        assertThat(cases.getAttribute("failures")).isEqualTo("1");
        Element bad = (Element) cases.getElementsByTagName("testcase").item(1);
        assertThat(bad.getAttribute("name")).isEqualTo("b<a>d & \"quoted\" ?");
        assertThat(bad.getAttribute("time")).matches("\\d+\\.\\d{3}");
        assertThat(bad.getElementsByTagName("failure").item(0).getTextContent()).contains("expected: false");
        Element coverage = (Element) suites.item(1);
        assertThat(coverage.getAttribute("name") + coverage.getAttribute("failures")).isEqualTo("coverage1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"test|name a folder", "test absent|there is no such file or folder",
            "test t --output yaml|expected one of",
            "test t --nope|Unknown option", "test t --filter nobody|no case has \"nobody\"",
            "test t --coverage-minimum many|expected a number"})
    void wrongArgumentsHaveStatusTwo(String line, String message) throws IOException {
        write("t/one.yaml", GIVEN + "cases:\n- {name: one, expect: {injected: true}}\n");
        Run run = Run.of(Environment.of(folder), "", line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    /** As the webhook would refuse them: a case with values that cannot be in use shows nothing. */
    @Test
    void valuesThatDoNotFitTheSchemaMakeACaseThatCannotBeRun() throws IOException {
        write("t/one.yaml", GIVEN.replace("{greeting: hello}", "{greeting: hello, global: {proxy: {statusPort: none}}}")
                + "cases:\n- {name: one, because: it matters, expect: {injected: true}}\n");
        Run run = run();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains("t/one.yaml").contains("global.proxy.statusPort: expected").contains("got \"none\"");
    }
}
