package dev.sidecarinjector.gotemplate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how often each branch of templates is taken: of {@code if}, {@code else if}, {@code else}, {@code with} and {@code range}, also of an
 * {@code else} that is not written. A template is counted when it was parsed with this object; others pay nothing. For any number of threads.
 */
public final class Coverage {
    private static final int TEXT_CHARS = 80;

    private final Map<Parsed, Map<Branch, LongAdder>> counts = new LinkedHashMap<>();

    /** A template that was parsed: two texts of one name are two templates, one text that was parsed twice is one. */
    public record Parsed(String name, String text) {}

    /**
     * A way that execution can take.
     *
     * @param line   of its keyword, from 1; for an {@code else} that is not written that of the {@code if}, {@code with} or {@code range}
     * @param column from 1, in chars
     * @param text   keyword and condition as written, cut where it is long; with a remark for an {@code else} that is not written
     */
    public record Branch(int line, int column, String text) {}

    /** How often a branch was taken; each pass of a {@code range} counts. */
    public record Count(Branch branch, long times) {}

    /** What was counted so far: for each template its branches in the order of the text. */
    public synchronized Map<Parsed, List<Count>> counts() {
        Map<Parsed, List<Count>> all = new LinkedHashMap<>();
        counts.forEach((template, branches) -> {
            List<Count> list = new ArrayList<>();
            branches.forEach((branch, times) -> list.add(new Count(branch, times.sum())));
            list.sort(Comparator.comparingInt((Count count) -> count.branch.line).thenComparingInt(count -> count.branch.column));
            all.put(template, list);
        });
        return all;
    }

    /** A template is known from the start, so that one without branches is not forgotten. */
    synchronized void parsing(Source source) {
        var _ = branches(source);
    }

    /** The counter of the branch whose keyword stands at start and whose condition ends at end. */
    synchronized LongAdder counter(Source source, int start, int end, String remark) {
        String text = source.text().substring(start, end).replaceAll("\\s+", " ");
        String shown = text.length() > TEXT_CHARS ? text.substring(0, TEXT_CHARS) + "..." : text;
        Branch branch = new Branch(source.line(start), source.column(start), shown + remark);
        return branches(source).computeIfAbsent(branch, _ -> new LongAdder());
    }

    private Map<Branch, LongAdder> branches(Source source) {
        return counts.computeIfAbsent(new Parsed(source.name(), source.text()), _ -> new LinkedHashMap<>());
    }
}
