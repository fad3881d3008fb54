package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No template can use up memory, time or stack: it is refused with an error. */
@Timeout(30)
class LimitsTest {
    private static String render(String text, Limits limits) {
        return Template.parse("t", text, Map.of()).render(Map.of("l", Collections.nCopies(100, "x")), limits).text();
    }

    @Test
    void boundsTheOutput() {
        Limits limits = new Limits(99, 10, 1000);
        assertThat(render("{{range .l}}x{{end}}", new Limits(100, 10, 1000))).hasSize(100);
        assertThatThrownBy(() -> render("{{range .l}}x{{end}}", limits)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("t:1:").hasMessageContaining("output is longer than the limit of 99 characters");
        assertThatThrownBy(() -> render("{{range .l}}{{.}}{{end}}", limits)).hasMessageContaining("limit of 99 characters");
    }

    @Test
    void boundsTheNestingOfTemplateCalls() {
        String recursive = "{{define \"r\"}}{{if .}}{{template \"r\" (slice . 1)}}{{end}}{{end}}{{template \"r\" .l}}";
        assertThat(render(recursive, new Limits(10, 101, 10))).isEmpty();
        assertThatThrownBy(() -> render(recursive, new Limits(10, 100, 10))).isInstanceOf(TemplateException.class)
                .hasMessageContaining("exceeded maximum template depth (100)");
        assertThatThrownBy(() -> render("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}", Limits.DEFAULT))
                .hasMessageContaining("maximum template depth");
    }

    @Test
    void boundsThePassesThroughAllLoopsTogether() {
        assertThat(render("{{range .l}}{{end}}{{range .l}}{{end}}", new Limits(10, 10, 200))).isEmpty();
        assertThatThrownBy(() -> render("{{range .l}}{{end}}{{range .l}}{{end}}", new Limits(10, 10, 199)))
                .hasMessageContaining("limit of 199 passes");
        assertThatThrownBy(() -> render("{{range 9223372036854775807}}{{end}}", Limits.DEFAULT)).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> render("{{range .l}}{{range .l}}{{range .l}}{{range .l}}{{end}}{{end}}{{end}}{{end}}", Limits.DEFAULT))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void survivesMoreDepthThanTheStackHolds() {
        assertThatThrownBy(
                () -> render("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}", new Limits(1 << 20, 1 << 30, 1 << 30)))
                .isInstanceOf(TemplateException.class).hasMessageContaining("nested too deeply");
    }

    @Test
    void survivesAValueThatContainsItself() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        assertThatThrownBy(() -> Template.parse("t", "{{.}}", Map.of()).render(endless, Limits.DEFAULT))
                .isInstanceOf(TemplateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "{{if 1}}", "{{with 1}}", "{{range 1}}", "{{block \"x\" 1}}", "{{if 1}}{{else}}", "{{if 1}}{{else if 2}}"})
    void boundsTheNestingOfTheTextItself(String opening) {
        boolean expression = opening.equals("(");
        String text = (expression ? "{{" : "") + opening.repeat(100_000);
        assertThatThrownBy(() -> Template.parse("t", text, Map.of())).isInstanceOf(TemplateException.class);
    }

    @Test
    void allowsTheNestingOfAnyRealTemplate() {
        assertThat(render("{{" + "(".repeat(200) + "1" + ")".repeat(200) + "}}", Limits.DEFAULT)).isEqualTo("1");
        assertThat(render("{{if 1}}".repeat(200) + "x" + "{{end}}".repeat(200), Limits.DEFAULT)).isEqualTo("x");
        assertThat(render("{{if 0}}a" + "{{else if 0}}b".repeat(5000) + "{{else}}c{{end}}", Limits.DEFAULT)).isEqualTo("c");
    }

    @Test
    void boundsWhatOneValuePrints() {
        List<Object> list = List.of("x");
        for (int i = 0; i < 60; i++) {
            list = List.of(list, list);
        }
        Object bomb = list;
        assertThatThrownBy(() -> Template.parse("t", "{{.}}", Map.of()).render(bomb, Limits.DEFAULT)).isInstanceOf(TemplateException.class)
                .hasMessageContaining("result is longer than");
        String widths = "%1000000d".repeat(100);
        assertThatThrownBy(() -> render("{{printf \"" + widths + "\"" + " 1".repeat(100) + "}}", Limits.DEFAULT))
                .isInstanceOf(TemplateException.class).hasMessageContaining("result is longer than");
    }
}
