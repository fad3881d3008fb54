package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Rendered.Span;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.schema.Schema;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rendering without what the pod's author controls: each such range is one mark, a letter to YAML. Parsed once; {@link #fill} makes the tree of
 * a rendering of the same shape. Immutable.
 */
final class Shape {
    /** Private-use characters: YAML reads them as letters, and no configuration has a use for them. */
    static final char VALUE = '\uE000';
    static final char TOKEN = '\uE001';

    /** In a key the marks are characters that no YAML may hold, and of one byte each, as the rest of the text mostly is. */
    private static final char KEY_VALUE = '\u0001';
    private static final char KEY_TOKEN = '\u0002';

    private final Piece root;
    private final int spans;
    private final boolean fillable;

    private Shape(Piece root, int spans, boolean fillable) {
        this.root = root;
        this.spans = spans;
        this.fillable = fillable;
    }

    /** What renderings of the same shape have in common. */
    static String keyOf(Rendered rendered) {
        return marked(rendered, KEY_VALUE, KEY_TOKEN);
    }

    /** The text with marks in place of the spans. */
    static String textOf(Rendered rendered) {
        return marked(rendered, VALUE, TOKEN);
    }

    private static String marked(Rendered rendered, char value, char token) {
        List<Span> spans = rendered.spans();
        String text = rendered.text();
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder marked = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            marked.append(text, from, span.start()).append(span.encoded() ? token : value);
            from = span.end();
        }
        return marked.append(text, from, text.length()).toString();
    }

    static boolean isMark(char c) {
        return c == VALUE || c == TOKEN;
    }

    /**
     * Parses a shape.
     *
     * @param spans how many marks stand for spans; where the scalars hold another number of them (a comment swallowed one, or the template
     *              itself holds the character) the shape does not fill
     * @throws YamlException where the text is no YAML
     */
    static Shape parse(String text, int spans) {
        HoleFinder holes = new HoleFinder(text);
        JsonNode tree = YamlReader.read(text, holes);
        boolean canonical = !(tree instanceof ObjectNode overlay) || PodShape.normalizeConstants(overlay);
        return new Shape(Piece.of(tree, holes.keys(), Schema.type("Pod")), spans,
                canonical && holes.count() == spans && holes.marks() == spans);
    }

    /** Whether a rendering has as many values: a template may hold the characters that stand for values in a key. */
    boolean isOf(Rendered rendered) {
        return spans == rendered.spans().size();
    }

    /** The canonical tree for a rendering, or null where the quick rules cannot tell what YAML makes of a value, or a value does not fit its field. */
    @Nullable
    JsonNode fill(Rendered rendered) {
        return fillable ? root.make(rendered) : null;
    }

    /** Whether a tree has the keys and items of this shape: a key that a value gives must not have replaced another one. */
    boolean fits(JsonNode tree) {
        return root.fits(tree);
    }
}
