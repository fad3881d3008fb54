package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Rendered.Span;
import dev.sidecarinjector.injection.yaml.ScalarStyle;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A scalar with marks in it.
 *
 * @param literals  the text around the marks, one more than there are marks
 * @param style     as written
 * @param firstSpan index of the span that the first mark stands for; the others follow
 * @param quick     whether the quick rules can fill it at all
 */
record HoleScalar(List<String> literals, ScalarStyle style, int firstSpan, boolean quick) {
    static HoleScalar of(String text, ScalarStyle style, @Nullable String tag, int firstSpan) {
        List<String> literals = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Shape.isMark(text.charAt(i))) {
                literals.add(text.substring(from, i));
                from = i + 1;
            }
        }
        literals.add(text.substring(from));
        return new HoleScalar(List.copyOf(literals), style, firstSpan, tag == null && style != ScalarStyle.FOLDED);
    }

    /** The node that YAML would make of the scalar, or null where only a parser can tell. */
    @Nullable
    JsonNode make(Rendered rendered) {
        if (!quick) {
            return null;
        }
        if (isToken(rendered)) {
            return PlainToken.read(rendered.text(), rendered.spans().get(firstSpan));
        }
        String content = content(rendered);
        if (content == null) {
            return null;
        }
        return style == ScalarStyle.PLAIN ? YamlReader.resolvePlain(content) : JsonNodeFactory.instance.stringNode(content);
    }

    /** An encoded value that is the whole plain scalar: it brings its own quotes or brackets. */
    private boolean isToken(Rendered rendered) {
        return style == ScalarStyle.PLAIN && literals.size() == 2 && literals.getFirst().isEmpty() && literals.getLast().isEmpty()
                && rendered.spans().get(firstSpan).encoded();
    }

    private @Nullable String content(Rendered rendered) {
        StringBuilder content = new StringBuilder(64).append(literals.getFirst());
        for (int i = 1; i < literals.size(); i++) {
            Span span = rendered.spans().get(firstSpan + i - 1);
            if (!QuickRules.allow(rendered.text(), span.start(), span.end(), style, content.isEmpty())) {
                return null;
            }
            content.append(rendered.text(), span.start(), span.end()).append(literals.get(i));
        }
        return content.toString();
    }
}
