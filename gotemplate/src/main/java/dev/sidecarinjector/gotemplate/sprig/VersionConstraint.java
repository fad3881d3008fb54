package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One constraint of the Go library Masterminds/semver.
 *
 * @param version with 0 for what was left out
 * @param open    which part is the first that was left out or is a wildcard
 */
record VersionConstraint(String operator, Version version, Open open) {
    private enum Open {
        NOTHING, PATCH, MINOR, MAJOR
    }

    private static final Pattern PARTS = Pattern
            .compile("v?([0-9|xX*]+)(?:\\.([0-9|xX*]+))?(?:\\.([0-9|xX*]+))?(-[0-9A-Za-z.-]+)?(?:\\+.*)?");

    static VersionConstraint of(String operator, String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new FunctionFailure("improper constraint: " + text);
        }
        String major = parts.group(1);
        String prerelease = parts.group(4) == null ? "" : parts.group(4);
        if (isWildcard(major)) {
            return new VersionConstraint(operator, Version.parse("0.0.0" + prerelease), Open.MAJOR);
        }
        String minor = parts.group(2);
        if (minor == null || isWildcard(minor)) {
            return new VersionConstraint(operator, Version.parse(major + ".0.0" + prerelease), Open.MINOR);
        }
        String patch = parts.group(3);
        if (patch == null || isWildcard(patch)) {
            return new VersionConstraint(operator, Version.parse(major + "." + minor + ".0" + prerelease), Open.PATCH);
        }
        return new VersionConstraint(operator, Version.parse(text), Open.NOTHING);
    }

    private static boolean isWildcard(String part) {
        return part.equals("x") || part.equals("X") || part.equals("*");
    }

    boolean accepts(Version v) {
        boolean unasked = !v.prerelease.isEmpty() && version.prerelease.isEmpty();
        return switch (operator) {
            case "!=" -> open == Open.NOTHING ? v.compareTo(version) != 0 : !unasked && differs(v);
            case ">" -> !unasked && greater(v);
            case "<" -> !unasked && v.compareTo(version) < 0;
            case ">=", "=>" -> !unasked && v.compareTo(version) >= 0;
            case "<=", "=<" -> !unasked && lessOrEqual(v);
            case "~", "~>" -> !unasked && tilde(v);
            case "^" -> !unasked && caret(v);
            default -> !unasked && (open == Open.NOTHING ? v.compareTo(version) == 0 : tilde(v));
        };
    }

    private boolean differs(Version v) {
        if (v.major != version.major) {
            return true;
        }
        if (open == Open.MINOR) {
            return false;
        }
        if (v.minor != version.minor) {
            return true;
        }
        if (open == Open.PATCH) {
            boolean prereleases = !v.prerelease.isEmpty() || !version.prerelease.isEmpty();
            return prereleases && Version.comparePrereleases(v.prerelease, version.prerelease) != 0;
        }
        return v.patch != version.patch || v.compareTo(version) != 0;
    }

    private boolean greater(Version v) {
        int major = Long.compareUnsigned(v.major, version.major);
        return switch (open) {
            case NOTHING -> v.compareTo(version) > 0;
            case MINOR -> major > 0;
            case PATCH -> major > 0 || (major == 0 && Long.compareUnsigned(v.minor, version.minor) > 0);
            case MAJOR -> major > 0 || v.compareTo(version) > 0;
        };
    }

    private boolean lessOrEqual(Version v) {
        if (open == Open.NOTHING) {
            return v.compareTo(version) <= 0;
        }
        int major = Long.compareUnsigned(v.major, version.major);
        return major < 0 || (major == 0 && (open == Open.MINOR || Long.compareUnsigned(v.minor, version.minor) <= 0));
    }

    private boolean tilde(Version v) {
        if (v.compareTo(version) < 0) {
            return false;
        }
        boolean any = version.major == 0 && version.minor == 0 && version.patch == 0 && open != Open.MINOR && open != Open.PATCH;
        return any || (v.major == version.major && (open == Open.MINOR || v.minor == version.minor));
    }

    private boolean caret(Version v) {
        if (v.compareTo(version) < 0 || v.major != version.major) {
            return false;
        }
        if (version.major != 0 || open == Open.MINOR) {
            return true;
        }
        if (v.minor != version.minor) {
            return false;
        }
        return version.minor != 0 || open == Open.PATCH || v.patch == version.patch;
    }
}
