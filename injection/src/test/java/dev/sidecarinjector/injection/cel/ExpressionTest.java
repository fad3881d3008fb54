package dev.sidecarinjector.injection.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.NullNode;

/** Expectations are those of the language's specification. */
class ExpressionTest {
    private static final Set<String> COMPLETE = Set.of("metadata", "metadata.labels", "metadata.annotations");
    private static final Map<String, Variable> VARIABLES = Map.of("object", new Variable(YamlTrees.read("""
            metadata:
              name: web
              labels: {app: web, 'istio.io/rev': canary, count: '3'}
            spec: {hostNetwork: true, priority: 7, containers: [{name: a}, {name: b}], nothing: null}
            """), (path, _) -> COMPLETE.contains(path)), "oldObject", Variable.whole(NullNode.getInstance()), "request",
            Variable.whole(YamlTrees.read("{operation: CREATE, namespace: shop}")));

    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"true → yes", "!true → no", "!!true → yes",
            "object.metadata.name == 'web' → yes",
            "object.metadata.name != \"web\" → no", "object['metadata']['labels']['istio.io/rev'] == 'canary' → yes",
            "object.metadata.labels['app'] in ['web', 'shop'] → yes", "'app' in object.metadata.labels → yes",
            "'tier' in object.metadata.labels → no", "!('tier' in object.metadata.labels) → yes", "has(object.metadata.labels) → yes",
            "has(object.metadata.annotations) → no", "has(object.metadata.labels.tier) → no", "request.operation == 'CREATE' → yes",
            "oldObject == null → yes", "object.spec.hostNetwork → yes", "object.spec.priority == 7 → yes",
            "object.spec.priority == '7' → no",
            "size(object.spec.containers) == 2 → yes", "object.metadata.name.size() == 3 → yes",
            "object.spec.containers[1].name == 'b' → yes",
            "object.metadata.name.startsWith('we') → yes", "object.metadata.name.endsWith('we') → no",
            "object.metadata.name.contains('e') → yes", "object.metadata.name.matches('^w.b$') → yes",
            "object.metadata.name.matches('^[a-v]+$') → no", "true ? object.metadata.name == 'web' : false → yes",
            "true || false && false → yes", "(true || false) && false → no",
            "request.namespace == 'shop' && !has(object.metadata.annotations) → yes",
            "`// a remark\n true` → yes", "'it\\'s' == \"it's\" → yes"})
    void whatIsKnownIsEvaluated(String expression, String outcome) {
        assertThat(evaluate(expression)).as(expression).isEqualTo(Value.of(outcome.equals("yes")));
    }

    /** CEL's junctions are commutative: the side that decides hides an error or an unknown on the other one. */
    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"false && object.metadata.labels.tier == 'x' → no",
            "object.metadata.labels.tier == 'x' && false → no",
            "true || object.metadata.labels.tier == 'x' → yes", "object.metadata.labels.tier == 'x' || true → yes",
            "object.spec.containers.exists(c, c.name == 'z') || true → yes",
            "false && authorizer.group('').resource('pods').check('get').allowed() → no",
            "request.userInfo2.name == 'x' && false → no"})
    void theSideThatDecidesHidesTheOther(String expression, String outcome) {
        assertThat(evaluate(expression)).as(expression).isEqualTo(Value.of(outcome.equals("yes")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"object.metadata.labels.tier == 'x'",
            "object.metadata.labels['tier'] == 'x'", "object.metadata.name.x",
            "object.spec.containers[2].name == 'b'", "!object.metadata.name", "true && object.metadata.labels.tier == 'x'",
            "object.metadata.name.startsWith(7)", "false || object.metadata.labels.tier == 'x'", "object.metadata.name ? true : false"})
    void whatFailsInTheClusterFailsHere(String expression) {
        assertThat(evaluate(expression)).as(expression).isInstanceOf(Value.Failed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"object.spec.containers.exists(c, c.name == 'a')",
            "object.spec.containers.all(c, c.name != 'z')", "object.spec.priority > 5", "object.spec.priority + 1 == 8",
            "authorizer.group('').resource('pods').check('get').allowed()", "variables.x == 1",
            "object.metadata.name.lowerAscii() == 'web'",
            "object.spec.dnsPolicy == 'ClusterFirst'", "has(object.spec.dnsPolicy)", "object.spec.?dnsPolicy.orValue('') == ''", "-1 == -1",
            "1.5 == 1.5", "r'raw' == 'raw'", "{'a': 1} == {'a': 1}", "object.metadata.name.matches('(?i)WEB')",
            "object.metadata.name.matches('\\\\bweb')", "true && object.spec.priority > 5",
            "object.spec.containers == object.spec.containers",
            "has(object.spec.nothing)", "this is no expression", "(", "'open"})
    void theRestIsUnknown(String expression) {
        assertThat(evaluate(expression)).as(expression).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void noTextMakesItFail() {
        Random random = new Random(5);
        List<String> words = List.of("object", ".", "(", ")", "[", "]", "'a'", "\"", "!", "&&", "||", "==", "in", "has", "size", "?", ":",
                "7", ",",
                "metadata", "-", "true", "\\", "{");
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
            }
            assertThat(evaluate(text.toString())).as(text.toString()).isNotNull();
        }
        assertThat(evaluate("!".repeat(100_000) + "true")).isInstanceOf(Value.Unknown.class);
        assertThat(evaluate("(".repeat(100_000))).isInstanceOf(Value.Unknown.class);
    }

    private static Value evaluate(String expression) {
        return Expression.parse(expression).evaluate(VARIABLES);
    }
}
