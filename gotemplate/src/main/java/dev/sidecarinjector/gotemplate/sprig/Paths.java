package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions on slash-separated paths; the {@code os} variants are the same, as on Linux. */
final class Paths {
    private Paths() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "base", "osBase" -> call -> path(call, Paths::base);
            case "dir", "osDir" -> call -> path(call, p -> clean(p.substring(0, p.lastIndexOf('/') + 1)));
            case "clean", "osClean" -> call -> path(call, Paths::clean);
            case "ext", "osExt" -> call -> path(call, Paths::extension);
            case "isAbs", "osIsAbs" -> Paths::isAbsolute;
            default -> null;
        };
    }

    private static Object path(Call call, UnaryOperator<String> function) {
        Arguments.exactly(call, 1);
        return function.apply(call.string(0));
    }

    private static Object isAbsolute(Call call) {
        Arguments.exactly(call, 1);
        return call.string(0).startsWith("/");
    }

    private static String base(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static String extension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot) : "";
    }

    private static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : GoText.split(path, "/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!rooted) {
                parts.addLast(part);
            }
        }
        String joined = (rooted ? "/" : "") + String.join("/", parts);
        return joined.isEmpty() ? "." : joined;
    }
}
