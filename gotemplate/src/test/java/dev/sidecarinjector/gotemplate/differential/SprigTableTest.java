package dev.sidecarinjector.gotemplate.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.gotemplate.TemplateException;
import dev.sidecarinjector.gotemplate.Utf8;
import dev.sidecarinjector.gotemplate.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function of Sprig by examples that are worth reading, and the ones that are refused. */
class SprigTableTest {
    private static final String ERROR = "!";

    /** What Helm has replaced by a function of its own. */
    private static final Pattern HELMS_OWN = Pattern.compile("(?<!\\w)fromJson(?!\\w)");

    @Test
    void everyExampleGivesWhatTheTableSays() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Row row : rows()) {
            String actual;
            try {
                actual = Template.parse("t", row.template(), Map.of()).render(null, Limits.DEFAULT).text();
            } catch (TemplateException _) {
                actual = ERROR;
            }
            if (!actual.equals(row.expected)) {
                differences.add(row.expression + "\n  expected " + row.expected + "\n  here     " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void theTableSaysWhatGoGives(@TempDir Path folder) throws IOException {
        HelmOracle go = new HelmOracle(folder, "{}");
        List<String> differences = new ArrayList<>();
        for (Row row : rows()) {
            if (HELMS_OWN.matcher(row.expression).find()) {
                continue;
            }
            byte[] output = go.render(new TemplateGenerator.Case("", row.template()));
            String actual = output == null ? ERROR : Utf8.text(output);
            if (!actual.equals(row.expected)) {
                differences.add(row.expression + "\n  table " + row.expected + "\n  Go    " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everyFunctionOfSprigHasAnExampleOrIsRefused() throws IOException {
        String all = String.join("\n", rows().stream().map(Row::expression).toList());
        for (String name : TestFiles.text("sprig-functions.txt").split("\\s+", -1)) {
            boolean example = Pattern.compile("(?<!\\w)" + name + "(?!\\w)").matcher(all).find();
            if (example) {
                assertThat(Sprig.find(name)).as(name).isNotNull();
            } else {
                assertThatThrownBy(() -> Sprig.find(name)).as(name).isInstanceOf(FunctionFailure.class).hasMessageContaining("is refused");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"now | date `2006`", "env `HOME`", "randAlpha 5", "genCA `x` 1", "htpasswd `a` `b`"})
    void aRefusedFunctionIsAnErrorWhenTheTemplateIsParsed(String expression) {
        assertThatThrownBy(() -> Template.parse("t", "{{ if false }}{{ " + expression + " }}{{ end }}", Map.of()))
                .isInstanceOf(TemplateException.class).hasMessageContaining("the same input must always give the same result");
    }

    @Test
    void aDateThatIsNoDateIsNotTheCurrentTime() {
        assertThatThrownBy(() -> Template.parse("t", "{{ date `2006` `x` }}", Map.of()).render(null, Limits.DEFAULT))
                .isInstanceOf(TemplateException.class).hasMessageContaining("needs a date");
    }

    private record Row(String expression, String expected) {
        String template() {
            return "{{ " + expression + " }}";
        }
    }

    private static List<Row> rows() throws IOException {
        return TestFiles.text("sprig.tsv").lines().filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(fields -> new Row(fields[0], unescaped(fields[1]))).toList();
    }

    private static String unescaped(String field) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            switch (field.charAt(++i)) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'x' -> {
                    out.append((char) Integer.parseInt(field, i + 1, i + 3, 16));
                    i += 2;
                }
                default -> out.append(field.charAt(i));
            }
        }
        return out.toString();
    }
}
