package dev.sidecarinjector.injection.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A rendering becomes a tree, and a value only ever the content of a scalar")
class OverlaysTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** A rendering of a text in which @ stands for a value and # for an encoded one. */
    static Rendered rendered(String template, String... values) {
        StringBuilder text = new StringBuilder();
        List<Rendered.Span> spans = new ArrayList<>();
        int next = 0;
        int line = 1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '@' || c == '%') {
                int start = text.length();
                text.append(values[next]);
                spans.add(new Rendered.Span(start, text.length(), new Origin("annotation \"a" + next++ + "\""), c == '%', line));
            } else {
                text.append(c);
                line += c == '\n' ? 1 : 0;
            }
        }
        return new Rendered(text.toString(), List.copyOf(spans));
    }

    private static JsonNode tree(Rendered rendered) {
        JsonNode quick = Overlays.caching(8).tree("t", rendered);
        assertThat(quick).as("with and without shapes").isEqualTo(Overlays.caching(0).tree("t", rendered));
        return quick;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: "@"                | x            | {"a":"x"}
            a: "@"                | x: y # - z   | {"a":"x: y # - z"}
            a: "-@-"              | ``           | {"a":"--"}
            a: "@"                | a\\tb        | {"a":"a\\tb"}
            a: '@'                | x"y          | {"a":"x\\"y"}
            a: @                  | 15020        | {"a":15020}
            a: @                  | true         | {"a":true}
            a: @                  | on           | {"a":true}
            a: @                  | 012          | {"a":10}
            a: @                  | ``           | {"a":null}
            a: x-@                | ``           | {"a":"x-"}
            a: /@/b               | v            | {"a":"/v/b"}
            a: @                  | v1.2-x_y     | {"a":"v1.2-x_y"}
            a: @                  | a:b          | {"a":"a:b"}
            a: @                  | ` x `        | {"a":"x"}
            a: [@, b]             | x            | {"a":["x","b"]}
            "@": 1                | k            | {"k":1}
            @: 1                  | k            | {"k":1}
            a: %                  | "q"          | {"a":"q"}
            a: %                  | "q\\n\\"r"   | {"a":"q\\n\\"r"}
            a: %                  | {"b":[1,{}]} | {"a":{"b":[1,{}]}}
            a: %                  | []           | {"a":[]}
            """)
    @DisplayName("what is harmless is filled in by YAML's own rules")
    void fills(String template, String value, String expected) {
        assertThat(tree(rendered(template, value))).isEqualTo(JSON.readTree(expected));
    }

    @Test
    @DisplayName("a block keeps JSON and line ends")
    void fillsBlocks() {
        assertThat(tree(rendered("a: |\n   %\nb: |-\n  [\n  %,\n  %\n  ]\n", "{\"x\":\"it's: #1\"}", "{}", "{\"p\":80}")))
                .isEqualTo(JSON.readTree("{\"a\":\"{\\\"x\\\":\\\"it's: #1\\\"}\\n\",\"b\":\"[\\n{},\\n{\\\"p\\\":80}\\n]\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\nb: 1", "b: 1", "x #y", "- x", "&a x", "*a", "!!str x", "{b: 1}", "[1]", "\"x\"", "'x'", "|", ">-",
            "x: ",
            "%a", "`", "\u0000", "\u0085b: 1", "\u2028b: 1", "? x", "x\r\nb: 1", "\tx: y", "<<: {b: 1}"})
    @DisplayName("a value that would break out of a plain scalar is refused, by name and line")
    void refusesInPlain(String value) {
        assertThatThrownBy(() -> tree(rendered("z: 1\na: @\nc: 2\n", value))).isInstanceOfSatisfying(InjectionException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNSAFE_VALUE);
            assertThat(e.getMessage()).contains("annotation \"a0\"").contains("line 2").contains("template t");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\"\nb: 1\nd: \"", "x\" # ", "\\", "x\", b: \"1", "x\": \"y", "\u0001", "x\" \"y"})
    @DisplayName("a value that would break out of a quoted scalar is refused")
    void refusesInQuotes(String value) {
        assertThatThrownBy(() -> tree(rendered("a: \"@\"\n", value))).isInstanceOf(InjectionException.class).hasMessageContaining("a0");
    }

    @Test
    @DisplayName("a value in a comment stays there or is refused")
    void comments() {
        assertThat(tree(rendered("# by @\na: 1\n", "me"))).isEqualTo(JSON.readTree("{\"a\":1}"));
        assertThatThrownBy(() -> tree(rendered("# by @\na: 1\n", "me\nb: 2"))).isInstanceOf(InjectionException.class);
    }

    @Test
    @DisplayName("a key of the author's cannot replace one of the template")
    void collidingKeys() {
        assertThat(tree(rendered("a: 1\n\"@\": 2\n", "b"))).isEqualTo(JSON.readTree("{\"a\":1,\"b\":2}"));
        assertThatThrownBy(() -> tree(rendered("a: 1\n\"@\": 2\n", "a"))).isInstanceOf(InjectionException.class);
        assertThatThrownBy(() -> tree(rendered("a: 1\n@: {a: 2}\n", "<<"))).isInstanceOf(InjectionException.class);
    }

    @Test
    @DisplayName("every value in every position: the same keys as with a harmless value, or refused; with and without shapes alike")
    void hostileValues() {
        List<String> positions = List.of("a: @\nb: 1\n", "a: \"@\"\nb: 1\n", "a: '@'\nb: 1\n", "a: |\n  @\nb: 1\n", "a: >-\n  @ x\nb: 1\n",
                "a: [@, 1]\nb: 1\n", "a: {k: @, l: '@'}\nb: 1\n", "a: x@y\nb: 1\n", "- @\n- 1\n", "@: 1\nb: 2\n", "a: \"x @ y\"\nb: 1\n",
                "a: |-\n  [\n  @\n  ]\nb: 1\n", "a: @\n", "a:\n- @\n- b: @\n");
        Random random = new Random(20261121);
        List<String> bits = List.of("a", "b", ": ", "\n", "- ", " #", "#", "\"", "'", "\\", "{", "}", "[", "]", ",", "&x", "*x", "!t", "|",
                ">",
                "%", "@", "`", "\t", "\r", "\u0085", "\u2028", "\u0000", "\uFEFF", "---", "...", "<<", "? ", "1", "true", "~", " ", "  ",
                "\uD83D\uDE00",
                "\n  ", "\n    ", "{{", "x");
        Overlays cached = Overlays.caching(64);
        Overlays plain = Overlays.caching(0);
        int accepted = 0;
        for (int i = 0; i < 10_000; i++) {
            String position = positions.get(random.nextInt(positions.size()));
            int values = (int) position.chars().filter(c -> c == '@').count();
            String[] hostile = new String[values];
            String[] harmless = new String[values];
            for (int v = 0; v < values; v++) {
                hostile[v] = value(random, bits);
                harmless[v] = "harmless" + v;
            }
            Rendered rendered = rendered(position, hostile);
            JsonNode one = attempt(cached, rendered);
            JsonNode other = attempt(plain, rendered);
            assertThat(one).as("%s with %s", position, List.of(hostile)).isEqualTo(other);
            if (one != null) {
                accepted++;
                assertThat(structure(one)).as("%s with %s", position, List.of(hostile))
                        .isEqualTo(structure(plain.tree("t", rendered(position, harmless))));
            }
        }
        assertThat(accepted).isBetween(1_000, 9_500);
    }

    private static String value(Random random, List<String> bits) {
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            value.append(bits.get(random.nextInt(bits.size())));
        }
        return value.toString();
    }

    private static JsonNode attempt(Overlays overlays, Rendered rendered) {
        try {
            return overlays.tree("t", rendered);
        } catch (InjectionException e) {
            assertThat(e.reason()).isEqualTo(Reason.UNSAFE_VALUE);
            return null;
        }
    }

    /** The tree without the content of its scalars and the names of its keys. */
    private static String structure(JsonNode node) {
        StringBuilder shape = new StringBuilder();
        if (node.isObject()) {
            node.properties().forEach(e -> shape.append(structure(e.getValue())).append(';'));
            return "{" + shape + "}";
        }
        node.forEach(element -> shape.append(structure(element)).append(','));
        return node.isArray() ? "[" + shape + "]" : ".";
    }
}
