package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors say where and why; a template is rendered by many threads at once; functions replace each other in a fixed order. */
class TemplateTest {
    private static final Map<String, Object> DATA = Map.of("s", "text", "l", List.of(1, 2, 3));

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', value = {
            "{{.s.x}}                         ¦ 1 ¦ 3  ¦ .s.x           ¦ can't evaluate field x in type string",
            "a {{ if index .l 9 }}{{end}}     ¦ 1 ¦ 9  ¦ index .l 9     ¦ error calling index: index out of range: 9",
            "line\\n  {{ print 1 }}{{ .s.x }} ¦ 2 ¦ 19 ¦ .s.x           ¦ can't evaluate field x in type string",
            "\\n\\n{{ template \"no\" . }}    ¦ 3 ¦ 13 ¦ \"no\" .       ¦ template \"no\" not defined",
            "{{range .s}}{{end}}              ¦ 1 ¦ 9  ¦ .s             ¦ range can't iterate over text",
            "{{ .s | print | len | slice }}   ¦ 1 ¦ 23 ¦ slice          ¦ error calling slice",
            "{{ (print .s.y) }}               ¦ 1 ¦ 11 ¦ .s.y           ¦ can't evaluate field y in type string",
            "{{ eq .s\\n 5 }}                 ¦ 1 ¦ 4  ¦ 'eq .s\\n 5'   ¦ error calling eq: incompatible types for comparison: string and int",
            "{{ eq .s 5 }} {{/* é */}}        ¦ 1 ¦ 4  ¦ eq .s 5        ¦ incompatible types"})
    void anErrorInRenderingNamesPlaceExpressionAndReason(String text, int line, int column, String expression, String reason) {
        Template template = Template.parse("name", text.replace("\\n", "\n"), Map.of());
        TemplateException error = catchThrowableOfType(TemplateException.class, () -> template.render(DATA, Limits.DEFAULT));
        assertThat(error.template()).isEqualTo("name");
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.expression()).isEqualTo(expression.replace("\\n", "\n"));
        assertThat(error.reason()).contains(reason);
        assertThat(error).hasMessageStartingWith("template: name:" + line + ":" + column + ": at <").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', value = {
            "{{ nope }}                 ¦ 1 ¦ 4  ¦ function \"nope\" not defined",
            "{{ if }}{{end}}            ¦ 1 ¦ 7  ¦ missing value for if",
            "x\\n{{ $y }}               ¦ 2 ¦ 4  ¦ undefined variable \"$y\"",
            "x\\n{{ if .s }}            ¦ 2 ¦ 12 ¦ unexpected EOF",
            "{{ print \"a }}            ¦ 1 ¦ 10 ¦ unterminated quoted string",
            "{{ end }}                  ¦ 1 ¦ 4  ¦ unexpected {{end}}",
            "{{/* x                     ¦ 1 ¦ 3  ¦ unclosed comment",
            "{{ 1i }}                   ¦ 1 ¦ 4  ¦ complex numbers are not supported",
            "{{ 1 | 2 }}                ¦ 1 ¦ 8  ¦ non executable command in pipeline stage 2"})
    void aSyntaxErrorNamesPlaceAndReason(String text, int line, int column, String reason) {
        TemplateException error = catchThrowableOfType(TemplateException.class,
                () -> Template.parse("name", text.replace("\\n", "\n"), Map.of()));
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.reason()).contains(reason);
    }

    @Test
    void aBugInAFunctionIsAnErrorOfTheTemplate() {
        Template template = Template.parse("t", "{{ broken }}", Map.of("broken", call -> {
            throw new IllegalStateException("oops");
        }));
        assertThatThrownBy(() -> template.render(DATA, Limits.DEFAULT)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("t:1:4").hasMessageContaining("error calling broken").hasMessageContaining("oops");
    }

    @Test
    void givenFunctionsReplaceSprigsAndGosOwn() {
        Map<String, Function> given = Map.of("upper", call -> "mine", "len", call -> "short", "and", call -> "all", "break",
                call -> "word");
        assertThat(Template.parse("t", "{{upper .s}} {{len .s}} {{and 0 1}} {{break}}", given).render(DATA, Limits.DEFAULT).text())
                .isEqualTo("mine short all word");
        assertThat(Template.parse("t", "{{len .s}}", Map.of()).render(DATA, Limits.DEFAULT).text()).isEqualTo("4");
    }

    @Test
    void aRefusedFunctionIsASyntaxError() {
        assertThatThrownBy(() -> Template.parse("t", "\n{{ now }}", Map.of())).isInstanceOf(TemplateException.class)
                .hasMessageContaining("t:2:4").hasMessageContaining("now");
    }

    @Test
    void manyThreadsRenderOneTemplate() throws Exception {
        Template template = Template.parse("t", "{{$x := 0}}{{range $i, $v := .}}{{$x = $v}}{{template \"d\" $v}}{{$x}},{{end}}"
                + "{{define \"d\"}}{{with $y := .}}{{$y}}={{end}}{{end}}", Map.of());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                List<String> data = List.of("a" + i, "b" + i);
                String expected = "a" + i + "=a" + i + ",b" + i + "=b" + i + ",";
                results.add(threads.submit(() -> template.render(data, Limits.DEFAULT).text().equals(expected)));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }
}
