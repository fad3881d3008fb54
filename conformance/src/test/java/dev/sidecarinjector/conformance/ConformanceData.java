package dev.sidecarinjector.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder with the reference implementation's cases, which lies beside a checkout of this project, or not. */
final class ConformanceData {
    static final JsonMapper JSON = new JsonMapper();
    static final Path FOLDER = Path
            .of(System.getProperty("conformance.data", System.getProperty("project.root", "..") + "/../shared/conformance"))
            .toAbsolutePath().normalize();
    private static final Path INJECT = FOLDER.resolve("inject");

    private ConformanceData() {}

    static boolean isPresent() {
        return Files.isRegularFile(INJECT.resolve("cases.json"));
    }

    static JsonNode cases() {
        return JSON.readTree(text("cases.json"));
    }

    /** The cases with one of these ids, or all. */
    static List<GoldenCase> goldenCases() {
        return StreamSupport.stream(cases().path("goldenCases").spliterator(), false).map(GoldenCase::of).toList();
    }

    /** The rows of a unit table. */
    static List<JsonNode> rows(String table) {
        for (JsonNode candidate : cases().path("unitTables")) {
            if (candidate.path("test").asString().equals(table)) {
                return StreamSupport.stream(candidate.path("rows").spliterator(), false).toList();
            }
        }
        throw new IllegalArgumentException("no unit table " + table);
    }

    static JsonNode valuesVariant(String id) {
        for (JsonNode variant : cases().path("valuesVariants")) {
            if (variant.path("id").asString().equals(id)) {
                return variant;
            }
        }
        throw new IllegalArgumentException("no values variant " + id);
    }

    static List<String> valuesVariants() {
        return StreamSupport.stream(cases().path("valuesVariants").spliterator(), false).map(variant -> variant.path("id").asString())
                .toList();
    }

    static Path file(String name) {
        return INJECT.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
