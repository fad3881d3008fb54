package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Stringer;
import dev.sidecarinjector.gotemplate.Utf8;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A semantic version as the Go library Masterminds/semver reads it: minor and patch may be left out, a {@code v} may stand in front. */
final class Version implements GoStruct, Stringer, JsonWriter.JsonText {
    private static final Pattern SYNTAX = Pattern.compile("v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?"
            + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    final long major;
    final long minor;
    final long patch;
    final String prerelease;
    private final String metadata;
    private final String original;
    private final @Nullable Origin origin;

    private Version(Matcher parts, String original, @Nullable Origin origin) {
        this.major = number(parts.group(1));
        this.minor = number(parts.group(2));
        this.patch = number(parts.group(3));
        this.prerelease = parts.group(4) == null ? "" : parts.group(4);
        this.metadata = parts.group(5) == null ? "" : parts.group(5);
        this.original = original;
        this.origin = origin;
    }

    /** @throws FunctionFailure if the text is no version */
    static Version parse(@Nullable Object source) {
        String text = String.valueOf(source);
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new FunctionFailure("Invalid Semantic Version: " + text);
        }
        Version version = new Version(parts, text, source instanceof OriginText marked ? marked.origin() : null);
        for (String part : GoText.split(version.prerelease, ".", -1)) {
            if (part.length() > 1 && part.startsWith("0") && isNumber(part)) {
                throw new FunctionFailure("Version segment starts with 0: " + text);
            }
        }
        return version;
    }

    private static long number(@Nullable String digits) {
        try {
            return digits == null ? 0 : Long.parseUnsignedLong(digits);
        } catch (NumberFormatException _) {
            throw new FunctionFailure("Error parsing version segment: " + digits + ": value out of range");
        }
    }

    /** Precedence as semantic versioning defines it; build metadata does not count. */
    int compareTo(Version other) {
        int result = Long.compareUnsigned(major, other.major);
        result = result != 0 ? result : Long.compareUnsigned(minor, other.minor);
        result = result != 0 ? result : Long.compareUnsigned(patch, other.patch);
        return result != 0 ? result : compareReleases(other);
    }

    private int compareReleases(Version other) {
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return comparePrereleases(prerelease, other.prerelease);
    }

    static int comparePrereleases(String a, String b) {
        List<String> left = GoText.split(a, ".", -1);
        List<String> right = GoText.split(b, ".", -1);
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            int result = compareParts(left.get(i), right.get(i));
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareParts(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        if (isNumber(a) != isNumber(b)) {
            return isNumber(a) ? -1 : 1;
        }
        if (isNumber(a) && a.length() != b.length()) {
            return Integer.compare(a.length(), b.length());
        }
        return Integer.signum(Utf8.compare(a, b));
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "Major" -> major;
            case "Minor" -> minor;
            case "Patch" -> patch;
            case "Prerelease" -> marked(prerelease);
            case "Metadata" -> marked(metadata);
            case "Original" -> marked(original);
            case "String" -> marked(goString());
            case "Compare" -> comparing(result -> result);
            case "Equal" -> comparing(result -> result == 0);
            case "LessThan" -> comparing(result -> result < 0);
            case "LessThanEqual" -> comparing(result -> result <= 0);
            case "GreaterThan" -> comparing(result -> result > 0);
            case "GreaterThanEqual" -> comparing(result -> result >= 0);
            default -> NO_SUCH_MEMBER;
        };
    }

    private static Object method(Function method) {
        return method;
    }

    private Object comparing(IntFunction<Object> verdict) {
        return method(call -> {
            Arguments.exactly(call, 1);
            if (call.argument(0) instanceof Version other) {
                return verdict.apply(compareTo(other));
            }
            throw Arguments.wrongType("*semver.Version", call.argument(0));
        });
    }

    private CharSequence marked(String text) {
        return origin == null ? text : new OriginText(text, origin);
    }

    @Override
    public String goType() {
        return "*semver.Version";
    }

    @Override
    public String goString() {
        return Long.toUnsignedString(major) + "." + Long.toUnsignedString(minor) + "." + Long.toUnsignedString(patch)
                + (prerelease.isEmpty() ? "" : "-" + prerelease) + (metadata.isEmpty() ? "" : "+" + metadata);
    }

    @Override
    public String json() {
        return goString();
    }
}
