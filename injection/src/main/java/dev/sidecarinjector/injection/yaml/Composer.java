package dev.sidecarinjector.injection.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the tree of one document from the events of a parser. */
final class Composer {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** As deep as Jackson lets JSON be: everything behind the reader walks trees recursively. */
    private static final int DEPTH_LIMIT = 500;
    private static final LoadSettings WITH_MARKS = settings(true);
    private static final LoadSettings WITHOUT_MARKS = settings(false);

    private final ParserImpl parser;
    private final @Nullable ScalarResolver resolver;
    private final @Nullable Positions positions;
    private final Aliases aliases = new Aliases(DEPTH_LIMIT);
    private Event event;

    private Composer(String text, LoadSettings settings, @Nullable ScalarResolver resolver) {
        parser = new ParserImpl(settings, new StreamReader(settings, text));
        this.resolver = resolver;
        positions = resolver == null ? null : new Positions(text);
        event = parser.next();
    }

    private static LoadSettings settings(boolean marks) {
        return LoadSettings.builder().setUseMarks(marks).setCodePointLimit(Integer.MAX_VALUE).build();
    }

    /** Marks make the parser slower: without a resolver, which needs them, only a text that turns out to be wrong is read with them. */
    static JsonNode read(String text, @Nullable ScalarResolver resolver) {
        if (resolver == null) {
            try {
                return new Composer(text, WITHOUT_MARKS, null).document();
            } catch (YamlException | YamlEngineException e) {
                // read again below to find out where
            }
        }
        try {
            return new Composer(text, WITH_MARKS, resolver).located();
        } catch (YamlEngineException e) {
            throw YamlErrors.of(e, text);
        }
    }

    private JsonNode located() {
        try {
            return document();
        } catch (YamlException e) {
            Optional<Mark> mark = event.getStartMark();
            throw mark.isEmpty() ? e : YamlErrors.at(String.valueOf(e.getMessage()), mark.get());
        }
    }

    private JsonNode document() {
        if (advance() == Event.ID.StreamEnd) {
            return NullNode.instance;
        }
        advance();
        JsonNode root = node(0);
        // the end of the document is where a parser notices what does not belong to it
        advance();
        return root;
    }

    private Event.ID advance() {
        event = parser.next();
        return event.getEventId();
    }

    /** The node that starts with the current event; afterwards the current event is its last. */
    private JsonNode node(int depth) {
        if (depth > DEPTH_LIMIT) {
            throw new YamlException("expected at most " + DEPTH_LIMIT + " levels of nesting", 0, 0);
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case MappingStart -> mapping(((NodeEvent) event).getAnchor(), depth);
            case SequenceStart -> sequence(((NodeEvent) event).getAnchor(), depth);
            case Alias -> aliases.copy(((AliasEvent) event).getAlias(), depth);
            default -> throw new IllegalStateException("unexpected event " + event);
        };
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse(null);
        JsonNode value = resolver == null
                ? PlainScalar.resolve(scalar.getValue(), style(scalar), tag)
                : resolver.value(scalar.getValue(), style(scalar), tag, start(scalar));
        scalar.getAnchor().ifPresent(anchor -> aliases.define(anchor, value));
        return value;
    }

    private static ScalarStyle style(ScalarEvent scalar) {
        return switch (scalar.getScalarStyle()) {
            case PLAIN -> ScalarStyle.PLAIN;
            case SINGLE_QUOTED -> ScalarStyle.SINGLE_QUOTED;
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> ScalarStyle.DOUBLE_QUOTED;
            case LITERAL -> ScalarStyle.LITERAL;
            case FOLDED -> ScalarStyle.FOLDED;
        };
    }

    private int start(Event at) {
        return positions == null ? -1 : positions.charIndex(at.getStartMark().orElseThrow().getIndex());
    }

    private ArrayNode sequence(Optional<Anchor> anchor, int depth) {
        ArrayNode array = NODES.arrayNode();
        anchor.ifPresent(aliases::begin);
        while (advance() != Event.ID.SequenceEnd) {
            array.add(node(depth + 1));
        }
        anchor.ifPresent(name -> aliases.define(name, array));
        return array;
    }

    private ObjectNode mapping(Optional<Anchor> anchor, int depth) {
        ObjectNode object = NODES.objectNode();
        anchor.ifPresent(aliases::begin);
        while (advance() != Event.ID.MappingEnd) {
            if (event instanceof ScalarEvent key && isMerge(key)) {
                advance();
                merge(object, node(depth + 1));
            } else {
                String key = key(depth);
                advance();
                object.set(key, node(depth + 1));
            }
        }
        anchor.ifPresent(name -> aliases.define(name, object));
        return object;
    }

    private String key(int depth) {
        if (resolver != null && event instanceof ScalarEvent scalar && scalar.getAnchor().isEmpty()) {
            return resolver.key(scalar.getValue(), style(scalar), scalar.getTag().orElse(null), start(scalar));
        }
        JsonNode key = node(depth + 1);
        if (key.isContainer()) {
            throw new YamlException("expected a scalar as a key, found a collection", 0, 0);
        }
        return YamlReader.keyName(key);
    }

    private static boolean isMerge(ScalarEvent key) {
        return key.isPlain() && key.getValue().equals("<<");
    }

    /** As Go's yaml.v2 does it: a merge overrides keys before it and yields to keys after it; of several maps the first wins. */
    private static void merge(ObjectNode into, JsonNode from) {
        switch (from) {
            case ObjectNode object -> into.setAll(object);
            case ArrayNode maps -> {
                for (int i = maps.size() - 1; i >= 0; i--) {
                    if (!(maps.get(i) instanceof ObjectNode object)) {
                        throw new YamlException("expected a map or a list of maps after the merge key <<", 0, 0);
                    }
                    into.setAll(object);
                }
            }
            default -> throw new YamlException("expected a map or a list of maps after the merge key <<", 0, 0);
        }
    }
}
