package dev.sidecarinjector.gotemplate.differential;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Go's own template engine with Sprig, as Helm's library has it: renders a chart of one template. */
final class HelmOracle {
    private static final String START = "out: \"";
    private final Path chart;

    /**
     * Makes the chart.
     *
     * @param folder an empty one
     * @param values the document that every template gets, JSON
     */
    HelmOracle(Path folder, String values) throws IOException {
        this.chart = folder;
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: oracle\nversion: 1.0.0\n");
        Files.writeString(folder.resolve("values.json"), values);
    }

    /** The output as bytes; null if Go reports an error. */
    byte @Nullable [] render(TemplateGenerator.Case template) throws IOException {
        Files.writeString(chart.resolve("templates/case.yaml"), "{{ define \"case\" }}" + template.body() + "{{ end }}" + template.defines()
                + "\n" + START + "{{ include \"case\" (.Files.Get \"values.json\" | mustFromJson) | b64enc }}\"\n");
        String output;
        try {
            output = new Helm(chart).template().call();
        } catch (IllegalStateException _) {
            return null;
        }
        int start = output.indexOf(START);
        if (start < 0) {
            throw new IllegalStateException("Helm printed something else: " + output);
        }
        return Base64.getDecoder().decode(output.substring(start + START.length(), output.indexOf('"', start + START.length())));
    }
}
