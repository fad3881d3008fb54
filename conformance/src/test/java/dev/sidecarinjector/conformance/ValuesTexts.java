package dev.sidecarinjector.conformance;

import java.util.List;
import java.util.stream.Collectors;

/** What people read about the values, made of their schema and of the table of settings: a file with every key explained, and a page. */
final class ValuesTexts {
    private static final List<String> TOPICS = List.of("Images and resources", "Captured traffic", "The proxy", "Health",
            "Identity and control plane", "Gateways", "Standalone proxies", "The command line");
    private static final String COMMAND = "./mvnw -pl conformance -am test -Dtest=ValuesTextsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true";
    private static final int WIDTH = 120;

    private ValuesTexts() {}

    /** YAML that says what the defaults say, with a comment on every key. */
    static String file() {
        StringBuilder file = new StringBuilder(
                "# Every key that a shipped template or the engine reads, with its default; a key in a comment has none.")
                .append(" ⚙: the engine itself reads it.\n# Made of values.schema.json; renew it with: ").append(COMMAND).append('\n');
        for (ValuesKeys.Key key : ValuesKeys.all()) {
            String indent = "  ".repeat(key.depth());
            if (key.isSection()) {
                file.append(key.depth() == 0 ? "\n" : "").append(indent).append(key.name()).append(':')
                        .append(key.hasDefault() ? " " + key.schema().path("default") : "").append('\n');
                continue;
            }
            file.append(key.depth() == 0 ? "\n" : "");
            String comment = key.meaning() + ". Expected: " + key.expected() + "." + (key.annotations().isEmpty()
                    ? ""
                    : " For one pod: " + String.join(", ", key.annotations()) + ".");
            wrap(file, indent + "# ", comment);
            file.append(indent).append(key.hasDefault() ? key.name() + ": " + key.schema().path("default") : "# " + key.name() + ":")
                    .append('\n');
        }
        return file.toString();
    }

    private static void wrap(StringBuilder out, String prefix, String text) {
        int column = WIDTH;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH) {
                out.append(first ? "" : "\n").append(prefix).append(word);
                column = prefix.length() + word.length();
                first = false;
            } else {
                out.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        out.append('\n');
    }

    static String page() {
        StringBuilder page = new StringBuilder("<!-- Made of the schema of the values. Renew it with: ").append(COMMAND).append(" -->\n\n")
                .append("""
                        # Values

                        What the operator sets for all pods: the ConfigMap key `values`, or the file `values`. Templates see all of it as `.Values`; the engine itself
                        reads the keys marked with ⚙. A key that is left out has no value, so start from the whole default text. The same as a file to start from:
                        [values.yaml](../../templates/src/main/resources/dev/sidecarinjector/templates/values.yaml); as a JSON Schema:
                        [values.schema.json](../../templates/src/main/resources/dev/sidecarinjector/templates/values.schema.json).

                        Values that don't fit are refused as a whole, with every path and reason, wherever they come from; the webhook goes on with those it had. Keys that
                        are not listed are allowed, since values of the peer have many more. One that looks like a slip of a listed one gives a warning. A null counts as
                        left out. Numbers may be written as text and the other way round where a template only prints them.

                        *For one pod* names the annotation by which a pod says otherwise; [settings.md](settings.md) has them all.
                        """);
        for (String topic : TOPICS) {
            page.append("\n## ").append(topic).append("\n\n| key | default | value | for one pod | meaning |\n|---|---|---|---|---|\n");
            ValuesKeys.leaves().stream().filter(key -> key.topic().equals(topic)).forEach(key -> page.append("| `").append(key.path())
                    .append("` | ").append(key.hasDefault() ? "`" + key.schema().path("default") + "`" : "–").append(" | ")
                    .append(key.expected()).append(" | ")
                    .append(key.annotations().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))).append(" | ")
                    .append(key.meaning()).append(" |\n"));
        }
        return page.toString();
    }

    /** Whether every key has its place on the page. */
    static boolean isTopic(String topic) {
        return TOPICS.contains(topic);
    }
}
