package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.change.UnifiedDiff;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import dev.sidecarinjector.sidecarctl.cases.TreePath.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of expectations, and how each is judged. */
final class Expectations {
    private Expectations() {}

    /** Whether the pod was injected. */
    record Injected(boolean wanted) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            return outcome.injected() == wanted ? null : Failure.of("injected", Boolean.toString(wanted), became(outcome));
        }
    }

    /** Why. */
    record ReasonIs(String word) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            if (outcome.reason().equals(word)) {
                return null;
            }
            List<String> lines = new ArrayList<>(List.of("expected: " + word, "found:    " + outcome.reason()));
            outcome.trace().forEach(step -> lines.add("  " + step));
            return new Failure("reason", lines);
        }
    }

    /** The pod is refused, and the message has this part. */
    record ErrorSays(String part) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            String error = outcome.error();
            return error != null && error.contains(part) ? null : Failure.of("error", "a refusal with \"" + part + "\"", became(outcome));
        }
    }

    /** Every part is in some warning; without parts there is no warning at all. */
    record WarningsSay(List<String> parts) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            List<String> warnings = outcome.warnings();
            boolean met = parts.isEmpty()
                    ? warnings.isEmpty()
                    : parts.stream().allMatch(part -> warnings.stream().anyMatch(warning -> warning.contains(part)));
            return met
                    ? null
                    : Failure.of("warnings", parts.isEmpty() ? "none" : "one with each of " + parts,
                            warnings.isEmpty() ? "none" : String.join("\n          ", warnings));
        }
    }

    /** Something is at a path, and it fits. */
    record At(String key, TreePath path, Match match) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            String what = key + " " + path.text();
            if (outcome.result() == null) {
                return Failure.of(what, match.wanted(), became(outcome));
            }
            Found found = path.find(outcome.result());
            JsonNode node = found.node();
            if (node == null) {
                return Failure.of(what, match.wanted(), found.missing());
            }
            return match.fits(node) ? null : Failure.of(what, match.wanted(), CaseText.shown(node));
        }
    }

    /** Nothing is at a path; but the items that it leads through are there, or it would say nothing. */
    record Nothing(TreePath path) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            String what = "absent " + path.text();
            if (outcome.result() == null) {
                return Failure.of(what, "nothing there", became(outcome));
            }
            Found found = path.find(outcome.result());
            JsonNode node = found.node();
            if (node != null) {
                return Failure.of(what, "nothing there", CaseText.shown(node));
            }
            return found.lost() ? Failure.of(what, "the item that holds it to be there, without it", found.missing()) : null;
        }
    }

    /** The whole result, down to the last field; as Kubernetes would print both, so that {@code 1000m} is {@code 1}. */
    record Whole(String key, ObjectNode wanted) implements Expectation {
        @Override
        public @Nullable Failure check(Outcome outcome) {
            if (outcome.result() == null) {
                return Failure.of(key, "an injected pod", became(outcome));
            }
            String expected = printed(wanted);
            String found = printed(outcome.result());
            return expected.equals(found)
                    ? null
                    : new Failure(key, UnifiedDiff.of("expected", expected, "found", found, false).lines().toList());
        }

        private static String printed(ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            PodShape.printable(copy);
            return YamlWriter.toString(copy);
        }
    }

    static String became(Outcome outcome) {
        return outcome.injected()
                ? "the pod is injected (" + outcome.reason() + ")"
                : outcome.error() != null
                        ? "the pod is refused (" + outcome.reason() + "): " + outcome.error()
                        : "the pod is not injected (" + outcome.reason() + ")";
    }
}
