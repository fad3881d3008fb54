package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Rendered.Span;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rendering without what the pod's author controls: each such range is one mark, a letter to YAML. Parsed once; {@link #fill} makes the tree of
 * a rendering of the same shape. Immutable.
 */
final class Shape {
    /** Private-use characters: YAML reads them as letters, and no configuration has a use for them. */
    static final char VALUE = '\uE000';
    static final char TOKEN = '\uE001';

    private final Piece root;
    private final boolean fillable;

    private Shape(Piece root, boolean fillable) {
        this.root = root;
        this.fillable = fillable;
    }

    /** The text with marks in place of the spans. */
    static String textOf(Rendered rendered) {
        List<Span> spans = rendered.spans();
        String text = rendered.text();
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder marked = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            marked.append(text, from, span.start()).append(span.encoded() ? TOKEN : VALUE);
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
        return new Shape(Piece.of(tree, holes.keys()), holes.count() == spans && holes.marks() == spans);
    }

    /** The tree for a rendering, or null where the quick rules cannot tell what YAML makes of a value. */
    @Nullable
    JsonNode fill(Rendered rendered) {
        return fillable ? root.make(rendered) : null;
    }

    /** Whether a tree has the keys and items of this shape: a key that a value gives must not have replaced another one. */
    boolean fits(JsonNode tree) {
        return root.fits(tree);
    }
}
