package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoTypes;
import dev.sidecarinjector.gotemplate.OriginText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that take URLs apart and put them together. */
final class Urls {
    private Urls() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "urlParse" -> Urls::parse;
            case "urlJoin" -> Urls::join;
            default -> null;
        };
    }

    private static Object parse(Call call) {
        Arguments.exactly(call, 1);
        Arguments.text(call, 0);
        Object source = call.argument(0);
        GoUrl url = GoUrl.parse(String.valueOf(source));
        Dict parts = new Dict();
        parts.put("scheme", part(url.scheme(), source));
        parts.put("host", part(url.host(), source));
        parts.put("hostname", part(url.hostname(), source));
        parts.put("path", part(url.path(), source));
        parts.put("query", part(url.query(), source));
        parts.put("opaque", part(url.opaque(), source));
        parts.put("fragment", part(url.fragment(), source));
        parts.put("userinfo", part(url.user(), source));
        return parts;
    }

    private static Object part(String text, @Nullable Object source) {
        return source instanceof OriginText marked ? new OriginText(text, marked.origin()) : text;
    }

    private static Object join(Call call) {
        Arguments.exactly(call, 1);
        Map<String, @Nullable Object> parts = Arguments.map(call, 0);
        String user = part(call, parts, "userinfo");
        return new GoUrl(part(call, parts, "scheme"), part(call, parts, "opaque"),
                user.isEmpty() ? "" : GoUrl.parse("proto://" + user + "@host").user(),
                part(call, parts, "host"), part(call, parts, "path"), part(call, parts, "query"), part(call, parts, "fragment")).print();
    }

    private static String part(Call call, Map<String, @Nullable Object> parts, String key) {
        if (!parts.containsKey(key)) {
            return "";
        }
        if (parts.get(key) instanceof CharSequence text) {
            return call.string(text);
        }
        throw new FunctionFailure("urlJoin: " + key + " must be a string, but it is of type " + GoTypes.name(parts.get(key)));
    }
}
