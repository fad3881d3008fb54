package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Rendered.Span;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Compares a rendering with its shape, event by event. They may differ only in the content of scalars that hold marks, and where a whole plain
 * scalar is an encoded value; so no value can add a key, an item, a document, an anchor, a tag or a comment.
 */
final class StructureCheck {
    private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();
    private static final String ADVICE = "; use a value that is one line of plain text";

    private final String template;
    private final Rendered rendered;
    private final String shapeText;
    private final int[] marks;
    private final ParserImpl expected;
    private final ParserImpl actual;
    private int lastIndex;

    StructureCheck(String template, String shapeText, Rendered rendered) {
        this.template = template;
        this.rendered = rendered;
        this.shapeText = shapeText;
        this.marks = HoleFinder.positions(shapeText);
        this.expected = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, shapeText));
        this.actual = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, rendered.text()));
    }

    /**
     * Checks a rendering whose shape is valid YAML.
     *
     * @throws InjectionException UNSAFE_VALUE naming the annotation, the template's line and the reason
     */
    void run() {
        if (rendered.spans().isEmpty()) {
            return;
        }
        if (marks.length != rendered.spans().size()) {
            throw new InjectionException(Reason.UNSAFE_VALUE, "template " + template
                    + ": the configuration holds one of the private-use characters U+E000 and U+E001, which mark values; remove it");
        }
        try {
            documents();
        } catch (YamlEngineException _) {
            throw unsafe("it makes the rendered template invalid YAML");
        }
    }

    private void documents() {
        while (expected.hasNext()) {
            Event want = expected.next();
            Event have = next();
            compare(want, have);
        }
        if (actual.hasNext()) {
            throw unsafe("it ends the document");
        }
    }

    private Event next() {
        if (!actual.hasNext()) {
            throw unsafe("it ends the document");
        }
        Event event = actual.next();
        lastIndex = index(event.getStartMark(), rendered.text());
        return event;
    }

    private void compare(Event want, Event have) {
        if (want instanceof ScalarEvent scalar && holds(scalar)) {
            compareHole(scalar, have);
            return;
        }
        boolean same = want.getEventId() == have.getEventId();
        if (same && want instanceof ScalarEvent scalar) {
            same = scalar.getValue().equals(((ScalarEvent) have).getValue())
                    && scalar.getScalarStyle() == ((ScalarEvent) have).getScalarStyle();
        }
        if (same && want instanceof NodeEvent node) {
            same = node.getAnchor().equals(((NodeEvent) have).getAnchor()) && tag(want).equals(tag(have));
        }
        if (!same) {
            throw unsafe("it would become YAML structure (" + word(have) + " where the template has " + word(want) + ")");
        }
    }

    private void compareHole(ScalarEvent want, Event have) {
        int first = firstSpan(want);
        int start = lastIndex;
        if (isToken(want, first) && have instanceof NodeEvent node && have.getEventId() != Event.ID.Alias && node.getAnchor().isEmpty()) {
            covers(start, lastOf(have), first, 1);
            return;
        }
        if (!(have instanceof ScalarEvent scalar) || scalar.getScalarStyle() != want.getScalarStyle()
                || !scalar.getAnchor().equals(want.getAnchor()) || !scalar.getTag().equals(want.getTag())) {
            throw unsafe("it would become YAML structure (" + word(have) + " where the template has a plain value)");
        }
        covers(start, have, first, marksIn(want.getValue()));
    }

    /** All characters of the values must lie within the node: none may end up in a comment or behind the node's end. */
    private void covers(int start, Event last, int firstSpan, int spans) {
        int end = index(last.getEndMark(), rendered.text());
        for (int i = firstSpan; i < firstSpan + spans; i++) {
            Span span = rendered.spans().get(i);
            String value = rendered.text().substring(span.start(), span.end());
            boolean within = span.start() + value.length() - value.stripLeading().length() >= start
                    && span.start() + value.stripTrailing().length() <= end;
            if (!within && !value.isBlank()) {
                throw unsafe(span, "YAML would read a part of it as something else than the value");
            }
        }
    }

    private boolean isToken(ScalarEvent want, int first) {
        return want.getScalarStyle() == ScalarStyle.PLAIN && want.getValue().length() == 1 && rendered.spans().get(first).encoded();
    }

    /** The last event of the node that this event starts; afterwards the parser stands behind it. */
    private Event lastOf(Event start) {
        int depth = 0;
        Event event = start;
        while (true) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
                depth--;
            }
            if (depth == 0) {
                return event;
            }
            event = next();
        }
    }

    private static boolean holds(ScalarEvent scalar) {
        return scalar.getValue().indexOf(Shape.VALUE) >= 0 || scalar.getValue().indexOf(Shape.TOKEN) >= 0;
    }

    private int firstSpan(ScalarEvent scalar) {
        int found = Arrays.binarySearch(marks, index(scalar.getStartMark(), shapeText));
        return found >= 0 ? found : -found - 1;
    }

    /** Parsers count code points. */
    private static int index(Optional<Mark> mark, String text) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static int marksIn(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += Shape.isMark(text.charAt(i)) ? 1 : 0;
        }
        return count;
    }

    private static Object tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> "";
        };
    }

    private static String word(Event event) {
        return switch (event.getEventId()) {
            case Scalar -> "a scalar";
            case MappingStart -> "a map";
            case SequenceStart -> "a list";
            case MappingEnd -> "the end of a map";
            case SequenceEnd -> "the end of a list";
            case Alias -> "an alias";
            case DocumentStart, DocumentEnd, StreamEnd -> "the end of the document";
            default -> "another element";
        };
    }

    /** Blames the last value that begins before the place where rendering and shape part. */
    InjectionException unsafe(String reason) {
        List<Span> spans = rendered.spans();
        Span culprit = spans.getFirst();
        for (Span span : spans) {
            if (span.start() <= lastIndex && !isHarmless(span)) {
                culprit = span;
            }
        }
        if (isHarmless(culprit)) {
            culprit = firstSuspect(spans, culprit);
        }
        return unsafe(culprit, reason);
    }

    private InjectionException unsafe(Span culprit, String reason) {
        return new InjectionException(Reason.UNSAFE_VALUE, "the value of " + culprit.origin().description() + " cannot be used by template "
                + template + ", line " + culprit.line() + ": " + reason + ADVICE);
    }

    private Span firstSuspect(List<Span> spans, Span fallback) {
        for (Span span : spans) {
            if (!isHarmless(span)) {
                return span;
            }
        }
        return fallback;
    }

    private boolean isHarmless(Span span) {
        return QuickRules.allow(rendered.text(), span.start(), span.end(), dev.sidecarinjector.injection.yaml.ScalarStyle.PLAIN, true);
    }
}
