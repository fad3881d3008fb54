package dev.sidecarinjector.sidecarctl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One stream of documents: a file, or standard input. */
public final class Input {
    private final String name;
    private final @Nullable Path file;
    private final InputStream standard;

    private Input(String name, @Nullable Path file, InputStream standard) {
        this.name = name;
        this.file = file;
        this.standard = standard;
    }

    /** What a list of names stands for, in its order and each once; every one can be opened. */
    static List<Input> all(List<String> names, InputStream standard, Environment environment) {
        if (names.isEmpty()) {
            throw new CommandFailure("filename not specified (see --filename or -f)");
        }
        List<Input> inputs = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        BiConsumer<String, Path> add = (name, path) -> {
            if (seen.add(path.toAbsolutePath().normalize())) {
                inputs.add(new Input(name, path, standard));
            }
        };
        for (String name : names) {
            if (name.equals("-")) {
                if (seen.add(Path.of("-"))) {
                    inputs.add(new Input("<stdin>", null, standard));
                }
                continue;
            }
            Path path = environment.file(name);
            if (Files.isDirectory(path)) {
                folder(name, path).forEach(add);
            } else {
                add.accept(name, path);
            }
        }
        for (Input input : inputs) {
            input.requireReadable();
        }
        return inputs;
    }

    private static Map<String, Path> folder(String name, Path folder) {
        Map<String, Path> files = new TreeMap<>();
        try (var entries = Files.newDirectoryStream(folder, "*.{yaml,yml,json}")) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    files.put(name + (name.endsWith("/") ? "" : "/") + entry.getFileName(), entry);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("open " + name + ": " + reason(e));
        }
        if (files.isEmpty()) {
            throw new CommandFailure("open " + name + ": the folder has no .yaml, .yml or .json file");
        }
        return files;
    }

    /** As the user wrote it. */
    String name() {
        return name;
    }

    private void requireReadable() {
        if (file != null && !Files.isReadable(file)) {
            throw new CommandFailure("open " + name + ": " + (Files.exists(file) ? "permission denied" : "no such file or directory"));
        }
    }

    InputStream open() {
        if (file == null) {
            return standard;
        }
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new CommandFailure("open " + name + ": " + reason(e));
        }
    }

    /** The text of a configuration file. */
    public static String text(String name, Environment environment) {
        try {
            return Files.readString(environment.file(name));
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new CommandFailure("read " + name + ": expected text in UTF-8");
        } catch (IOException e) {
            throw new CommandFailure("open " + name + ": " + reason(e));
        }
    }

    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }
}
