package dev.sidecarinjector.gotemplate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.gotemplate.TemplateException;
import dev.sidecarinjector.gotemplate.Utf8;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random templates give the same bytes, or an error, here and in Go. */
class DifferentialTest {
    private static final int TEMPLATES = 2_500;

    @Test
    void randomTemplatesRenderAsInGo(@TempDir Path folder) throws IOException {
        String values = TestFiles.text("values.json");
        HelmOracle go = new HelmOracle(folder, values);
        List<String> differences = new ArrayList<>();
        int errors = 0;
        for (int seed = 0; seed < TEMPLATES; seed++) {
            TemplateGenerator.Case template = new TemplateGenerator(seed).next();
            byte[] expected = go.render(template);
            String actual = render(template, values);
            errors += expected == null ? 1 : 0;
            if (!Objects.equals(expected == null ? null : Utf8.text(expected), actual)) {
                differences
                        .add("seed " + seed + ": " + template.text() + "\n  Go:   " + (expected == null ? "an error" : Utf8.text(expected))
                                + "\n  here: " + (actual == null ? "an error" : actual));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(errors).as("templates that Go refuses").isBetween(TEMPLATES / 20, TEMPLATES / 2);
    }

    private static @Nullable String render(TemplateGenerator.Case template, String values) {
        String text = "{{ define \"case\" }}" + template.body() + "{{ end }}" + template.defines()
                + "{{ template \"case\" (mustFromJson .) }}";
        try {
            return Template.parse("main", text, Map.of()).render(values, Limits.DEFAULT).text();
        } catch (TemplateException _) {
            return null;
        }
    }
}
