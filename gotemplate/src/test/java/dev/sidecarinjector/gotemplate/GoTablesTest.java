package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine against tables that Go itself made; see src/test/oracle/oracle.go. */
class GoTablesTest {
    private static final Pattern MESSAGE = Pattern.compile("template: t:(\\d+)(?::\\d+)?: (?:executing .*? at <.*>: )?(?:template: )?(.*)",
            Pattern.DOTALL);

    /** Go finds these errors while rendering, we find them earlier, with another text. */
    private static final Set<String> FOUND_EARLIER = Set.of("{{9223372036854775808}}", "{{$x := $x}}");

    /** Errors for which we have words of our own: Go's are about its reflection, its parameters or print a value oddly. */
    private static final List<String> OWN_WORDS = List.of("reflect: ", "expected string", "cannot assign nil", "can't print",
            "non-comparable type",
            "non-function", "invalid syntax", "in type interface {}");

    @Test
    void rendersAndRefusesTemplatesAsGoDoes() {
        List<String> differences = new ArrayList<>();
        for (String[] row : GoTable.rows("templates.tsv")) {
            String expected = row[1] + ": " + GoTable.unescape(row[2]);
            String actual = outcome(GoTable.unescape(row[0]));
            if (!row[1].equals("ok") && !actual.startsWith("ok")) {
                boolean ownWords = OWN_WORDS.stream().anyMatch(row[2]::contains);
                expected = reduce(row[0], expected, ownWords);
                actual = reduce(row[0], actual, ownWords);
            }
            if (!expected.equals(actual)) {
                differences.add(row[0] + "\n  Go   " + expected + "\n  here " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String outcome(String text) {
        Template template;
        try {
            template = Template.parse("t", text, GoValues.FUNCTIONS);
        } catch (TemplateException e) {
            return "parse-error: " + e.getMessage();
        }
        try {
            return "ok: " + template.render(GoValues.data(), Limits.DEFAULT).text();
        } catch (TemplateException e) {
            return "exec-error: template: t:" + e.line() + ": " + e.reason();
        }
    }

    /** Phase, line and reason of an error: where within the line Go sees an error is its own matter. */
    private static String reduce(String template, String outcome, boolean ownWords) {
        String phase = FOUND_EARLIER.contains(template) ? "error" : outcome.substring(0, outcome.indexOf(':'));
        Matcher message = MESSAGE.matcher(outcome.substring(outcome.indexOf(": ") + 2));
        assertThat(message.matches()).as(outcome).isTrue();
        String reason = message.group(2).replaceFirst("^error calling \\w+: (?=wrong number)", "");
        return phase + " in line " + message.group(1) + (ownWords || phase.equals("error") ? "" : ": " + reason);
    }

    @Test
    void printsEveryVerbAsGoDoes() {
        Map<String, @Nullable Object> values = GoValues.all();
        List<String> differences = new ArrayList<>();
        for (String[] row : GoTable.rows("printf.tsv")) {
            String expected = GoTable.unescape(row[2]);
            String actual = GoFormat.sprintf(GoTable.unescape(row[0]), Collections.singletonList(values.get(row[1])));
            // An int beyond 32 bits is a Long here, which counts as int64.
            if (!expected.replace("int64", "int").equals(actual.replace("int64", "int"))) {
                differences.add(row[0] + " of " + row[1] + "\n  Go   " + expected + "\n  here " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void comparesAsGoDoes() {
        Map<String, @Nullable Object> values = GoValues.all();
        List<String> differences = new ArrayList<>();
        for (String[] row : GoTable.rows("comparison.tsv")) {
            StringBuilder actual = new StringBuilder();
            for (Builtin operator : List.of(Builtin.EQ, Builtin.NE, Builtin.LT, Builtin.LE, Builtin.GT, Builtin.GE)) {
                actual.append(compare(operator, values.get(row[0]), values.get(row[1])));
            }
            if (!actual.toString().equals(row[2])) {
                differences.add(row[0] + " " + row[1] + ": Go " + row[2] + ", here " + actual);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static char compare(Builtin operator, @Nullable Object a, @Nullable Object b) {
        try {
            return Boolean.TRUE.equals(operator.apply(new Object[]{a, b})) ? 'T' : 'F';
        } catch (FunctionFailure _) {
            return 'E';
        }
    }

    @Test
    void printsFloatsAsGoDoes() {
        List<String[]> rows = GoTable.rows("floats.tsv");
        String[] formats = rows.getFirst();
        List<String> differences = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(row[0], 16));
            for (int i = 1; i < formats.length; i++) {
                String actual = GoFormat.sprintf(formats[i], List.of(value));
                if (!actual.equals(row[i])) {
                    differences.add(formats[i] + " of " + value + ": Go " + row[i] + ", here " + actual);
                }
            }
            assertThat(GoFormat.sprint(value)).isEqualTo(row[1]);
        }
        assertThat(differences).isEmpty();
    }
}
