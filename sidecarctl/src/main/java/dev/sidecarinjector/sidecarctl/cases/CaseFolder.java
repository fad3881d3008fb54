package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.sidecarctl.CommandFailure;
import dev.sidecarinjector.sidecarctl.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds and reads the cases in folders. A YAML file there is a file of cases, or a case names it, or it is in the way: nothing is passed over in
 * silence.
 */
public final class CaseFolder {
    private static final String DEFAULTS = "defaults.yaml";

    private final Environment environment;
    private final Set<String> used = new HashSet<>();
    private final Map<String, ObjectNode> defaults = new HashMap<>();
    private final List<Case> cases = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private CaseFolder(Environment environment) {
        this.environment = environment;
    }

    /** Cases in the order of their files' names, and what is wrong with files, if anything is. */
    public record Content(List<Case> cases, List<String> problems) {
        public Content {
            cases = List.copyOf(cases);
            problems = List.copyOf(problems);
        }
    }

    /** Reads files, and everything below folders. */
    public static Content read(List<String> names, Environment environment) {
        CaseFolder folder = new CaseFolder(environment);
        for (String name : names) {
            folder.read(name);
        }
        return new Content(folder.cases, folder.problems);
    }

    private void read(String name) {
        Path path = environment.file(name);
        if (!Files.exists(path)) {
            problems.add(name + ": there is no such file or folder");
            return;
        }
        int before = cases.size() + problems.size();
        Map<String, CaseProblem> others = new HashMap<>();
        Set<String> files = Files.isDirectory(path) ? below(name, path) : Set.of(Path.of(name).normalize().toString());
        for (String file : files) {
            readFile(file, others);
        }
        for (String file : files) {
            CaseProblem problem = others.get(file);
            if (problem != null && !used.contains(file)) {
                problems.add(problem.getMessage());
            }
        }
        if (before == cases.size() + problems.size()) {
            problems.add(name + ": there is no case in it; a case stands in a file *.yaml with the key \"cases\"");
        }
    }

    private static Set<String> below(String name, Path folder) {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().matches(".*\\.ya?ml") && Files.isRegularFile(file) && !file.endsWith(DEFAULTS))
                    .forEach(file -> files.add(Path.of(name).resolve(folder.relativize(file).toString()).normalize().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** @param others gets what is wrong with a file that may not be meant as one of cases */
    private void readFile(String file, Map<String, CaseProblem> others) {
        CaseText text;
        try {
            text = CaseText.read(file, environment, used);
            if (!text.root().has("cases")) {
                throw new CaseProblem(file + ":1", "this is no file of cases (it has no key \"cases\"), and no case names it;"
                        + " correct the key, name the file in a case, or move it out of the folder");
            }
        } catch (CaseProblem e) {
            others.put(file, e);
            return;
        }
        try {
            cases.addAll(CaseFile.read(text, inherited(Path.of(file))));
        } catch (CaseProblem | CommandFailure e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** What the folder gives, over what the folders above it give, as far up as each of them has such a file. */
    private ObjectNode inherited(Path file) {
        Path place = file.resolveSibling(DEFAULTS);
        ObjectNode known = defaults.get(place.toString());
        if (known != null) {
            return known;
        }
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        if (Files.isRegularFile(environment.file(place.toString()))) {
            CaseText text = CaseText.read(place.toString(), environment, used);
            ObjectNode own = text.map(text.root(), List.of(), List.of("given"));
            Path parent = place.getParent();
            ObjectNode above = parent == null ? given : inherited(parent);
            given = MergePatch.both(above, GivenLayer.read(text, own.path("given"), List.of("given")));
        }
        defaults.put(place.toString(), given);
        return given;
    }
}
