package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.sidecarctl.cases.CaseText.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads the cases of one file. */
final class CaseFile {
    static final List<String> KEYS = List.of("given", "cases");
    static final List<String> CASE_KEYS = List.of("name", "because", "given", "expect");

    private CaseFile() {}

    /** @param inherited what the {@code defaults.yaml} of its folders give */
    static List<Case> read(CaseText text, ObjectNode inherited) {
        ObjectNode root = text.map(text.root(), List.of(), KEYS);
        ObjectNode shared = MergePatch.both(inherited, GivenLayer.read(text, root.path("given"), List.of("given")));
        if (!root.path("cases").isArray() || root.path("cases").isEmpty()) {
            throw text.problem(List.of("cases"), "expected at least one case in the list \"cases\"");
        }
        List<Case> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Item item : text.items(root.path("cases"), List.of("cases"))) {
            Case one = read(text, item, shared);
            if (!names.add(one.name())) {
                throw text.problem(CaseText.below(item.path(), "name"), "two cases are named \"" + one.name() + "\"");
            }
            cases.add(one);
        }
        return cases;
    }

    private static Case read(CaseText text, Item item, ObjectNode shared) {
        List<String> path = item.path();
        ObjectNode one = text.map(item.node(), path, CASE_KEYS);
        if (!one.has("name")) {
            throw text.problem(path, "the case has no name");
        }
        String name = text.text(one.path("name"), CaseText.below(path, "name"));
        String because = one.has("because") ? text.text(one.path("because"), CaseText.below(path, "because")) : null;
        List<String> givenPath = CaseText.below(path, "given");
        ObjectNode layer = GivenLayer.read(text, one.path("given"), givenPath);
        Given given = new GivenReader(text, MergePatch.both(shared, layer), one.has("given") ? givenPath : path).read();
        List<Expectation> expectations = new ExpectReader(text, CaseText.below(path, "expect"), given).read(one.path("expect"));
        return new Case(text.name(), text.lines().line(path), name, because, given, expectations);
    }
}
