package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.merge.StrategicMerge;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.schema.Schema;
import dev.sidecarinjector.sidecarctl.cases.CaseText.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a case expects. */
final class ExpectReader {
    static final List<String> KEYS = List.of("injected", "reason", "error", "warnings", "paths", "present", "absent", "contains", "lacks",
            "matches", "pod", "podFile", "patch", "patchFile");

    private final CaseText text;
    private final List<String> path;
    private final Given given;
    private final List<Expectation> all = new ArrayList<>();

    ExpectReader(CaseText text, List<String> path, Given given) {
        this.text = text;
        this.path = path;
        this.given = given;
    }

    List<Expectation> read(JsonNode node) {
        ObjectNode expect = text.map(node, path, KEYS);
        if (expect.has("injected")) {
            all.add(new Expectations.Injected(text.flag(expect.path("injected"), at("injected"))));
        }
        if (expect.has("reason")) {
            String word = text.text(expect.path("reason"), at("reason"));
            text.requireKnown(word, reasons(), at("reason"), "reason");
            all.add(new Expectations.ReasonIs(word));
        }
        if (expect.has("error")) {
            all.add(new Expectations.ErrorSays(text.text(expect.path("error"), at("error"))));
        }
        if (expect.has("warnings")) {
            all.add(new Expectations.WarningsSay(text.items(expect.path("warnings"), at("warnings")).stream()
                    .map(item -> text.text(item.node(), item.path())).toList()));
        }
        paths(expect, "paths", Match.Same::new);
        paths(expect, "contains", part -> new Match.Contains(part, true));
        paths(expect, "lacks", part -> new Match.Contains(part, false));
        for (Item item : text.items(expect.path("present"), at("present"))) {
            all.add(new Expectations.At("present", parse(text.text(item.node(), item.path()), item.path()), new Match.Present()));
        }
        text.map(expect.path("matches"), at("matches")).properties().forEach(entry -> {
            List<String> below = CaseText.below(at("matches"), entry.getKey());
            all.add(new Expectations.At("matches", parse(entry.getKey(), below), matches(entry.getValue(), below)));
        });
        for (Item item : text.items(expect.path("absent"), at("absent"))) {
            all.add(new Expectations.Nothing(knownPath(text.text(item.node(), item.path()), item.path())));
        }
        whole(expect);
        if (all.isEmpty()) {
            throw text.problem(path, "the case expects nothing; write at least one of " + String.join(", ", KEYS) + " at \"expect\"");
        }
        return all;
    }

    static List<String> reasons() {
        List<String> words = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            words.add(reason.label());
        }
        words.add(CaseInjection.NOT_ASKED);
        return words;
    }

    private List<String> at(String key) {
        return CaseText.below(path, key);
    }

    private void paths(ObjectNode expect, String key, Function<JsonNode, Match> match) {
        text.map(expect.path(key), at(key)).properties()
                .forEach(entry -> all.add(new Expectations.At(key, parse(entry.getKey(), CaseText.below(at(key), entry.getKey())),
                        match.apply(entry.getValue()))));
    }

    private Match matches(JsonNode expression, List<String> where) {
        try {
            return new Match.Matches(Pattern.compile(text.text(expression, where)));
        } catch (PatternSyntaxException e) {
            throw text.problem(where, "this is no regular expression: " + e.getDescription());
        }
    }

    private TreePath parse(String path, List<String> where) {
        try {
            return TreePath.parse(path);
        } catch (IllegalArgumentException e) {
            throw text.problem(where, String.valueOf(e.getMessage()));
        }
    }

    /** That nothing is at a misspelled path is no wonder, so here the fields must exist. */
    private TreePath knownPath(String path, List<String> where) {
        TreePath parsed = parse(path, where);
        String kind = given.commandLine() ? given.object().path("kind").asString("") : "Pod";
        String unknown = parsed.unknownField(Schema.ofKind(kind));
        if (unknown != null) {
            throw text.problem(where, unknown);
        }
        return parsed;
    }

    private void whole(ObjectNode expect) {
        ObjectNode pod = tree(expect, "pod");
        if (pod != null) {
            all.add(new Expectations.Whole("pod", pod));
        }
        ObjectNode patch = tree(expect, "patch");
        if (patch != null) {
            ObjectNode patched = given.object().deepCopy();
            if (!patched.path("kind").asString("").equals("Pod")) {
                throw text.problem(at("patch"), "a patch is understood for a given pod only; expect the whole object, or paths");
            }
            try {
                StrategicMerge.mergePod(patched, patch);
            } catch (InjectionException e) {
                throw text.problem(at("patch"), "the given pod cannot be patched so: " + e.getMessage());
            }
            all.add(new Expectations.Whole("patch", patched));
        }
    }

    /** What stands in place or in a file, typed as a reader of manifests types it. */
    private @Nullable ObjectNode tree(ObjectNode expect, String key) {
        String fileKey = key + "File";
        if (!expect.has(key) && !expect.has(fileKey)) {
            return null;
        }
        if (expect.has(key) && expect.has(fileKey)) {
            throw text.problem(at(key), "\"" + key + "\" and \"" + fileKey + "\" are two answers to one question; write one of them");
        }
        ObjectNode tree = expect.has(key)
                ? text.map(expect.path(key), at(key)).deepCopy()
                : GivenSettings.tree(text.file(expect.path(fileKey), at(fileKey)), text);
        if (!tree.has("kind") && key.equals("pod")) {
            tree.put("apiVersion", "v1").put("kind", "Pod");
        }
        try {
            if (key.equals("pod")) {
                PodShape.coerce(tree);
            } else {
                PodShape.normalizeOverlay(tree);
            }
        } catch (InjectionException e) {
            throw text.problem(at(expect.has(key) ? key : fileKey), "this is no pod: " + e.getMessage());
        }
        return tree;
    }
}
