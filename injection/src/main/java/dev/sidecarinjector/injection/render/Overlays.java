package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.gotemplate.TemplateException;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders templates to overlay trees. Two renderings that differ only in what the pod's author controls have the same {@link Shape}; the parsed
 * tree of a shape is kept and only its scalars are filled in. Where the quick rules for filling do not apply, the text is parsed in full and
 * compared with its shape ({@link StructureCheck}): either way a value becomes the content of a scalar, or the pod is refused.
 */
public final class Overlays {
    private final @Nullable ShapeCache shapes;

    private Overlays(@Nullable ShapeCache shapes) {
        this.shapes = shapes;
    }

    /** Keeps at most this many shapes; with 0 every text is parsed. */
    public static Overlays caching(int shapes) {
        return new Overlays(shapes == 0 ? null : new ShapeCache(shapes));
    }

    /**
     * The tree that a template gives for a pod, checked and in canonical form; the caller owns it.
     *
     * @throws InjectionException TEMPLATE_FAILED, UNSAFE_VALUE or MERGE_FAILED with template, line and what to do
     */
    public ObjectNode render(String name, Template template, TemplateData data) {
        Rendered rendered;
        try {
            rendered = template.render(data, Limits.DEFAULT);
        } catch (TemplateException e) {
            throw new InjectionException(Reason.TEMPLATE_FAILED, String.valueOf(e.getMessage()));
        }
        return switch (tree(name, rendered)) {
            case ObjectNode overlay -> overlay;
            case JsonNode nothing when nothing.isNull() -> JsonNodeFactory.instance.objectNode();
            case JsonNode other -> throw new InjectionException(Reason.MERGE_FAILED, "template " + name
                    + ": expected a YAML map, found " + other.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        };
    }

    JsonNode tree(String name, Rendered rendered) {
        if (shapes == null) {
            String text = Shape.textOf(rendered);
            return parseInFull(name, parse(name, text, rendered), text, rendered);
        }
        String key = Shape.keyOf(rendered);
        Shape shape = shapes.get(key);
        if (shape == null || !shape.isOf(rendered)) {
            shape = parse(name, Shape.textOf(rendered), rendered);
            shapes.put(key, shape);
        }
        JsonNode filled = fill(name, shape, rendered);
        return filled != null ? filled : parseInFull(name, shape, Shape.textOf(rendered), rendered);
    }

    private static Shape parse(String name, String shapeText, Rendered rendered) {
        try {
            return Shape.parse(shapeText, rendered.spans().size());
        } catch (YamlException e) {
            throw invalid(name, e);
        }
    }

    private static @Nullable JsonNode fill(String name, Shape shape, Rendered rendered) {
        try {
            return shape.fill(rendered);
        } catch (YamlException e) {
            throw new StructureCheck(name, "", rendered).unsafe("YAML cannot read it here: " + e.getMessage());
        }
    }

    private static JsonNode parseInFull(String name, Shape shape, String shapeText, Rendered rendered) {
        StructureCheck check = new StructureCheck(name, shapeText, rendered);
        check.run();
        JsonNode tree;
        try {
            tree = YamlReader.read(rendered.text());
        } catch (YamlException e) {
            throw rendered.spans().isEmpty() ? invalid(name, e) : check.unsafe("YAML cannot read it here: " + e.getMessage());
        }
        if (!shape.fits(tree)) {
            throw check.unsafe("as a key it takes the place of another one");
        }
        if (tree instanceof ObjectNode overlay) {
            PodShape.normalizeOverlay(overlay);
        }
        return tree;
    }

    private static InjectionException invalid(String name, YamlException e) {
        return new InjectionException(Reason.MERGE_FAILED,
                "failed applying injection overlay: strategic merge: invalid JSON document: template "
                        + name + " rendered invalid YAML, line " + e.line() + " column " + e.column() + " of its output: "
                        + e.getMessage());
    }
}
