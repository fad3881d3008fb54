package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a version must fulfil: {@code >= 1.2, < 2 || ~3.1}; alternatives, each of constraints that hold together. */
record VersionConstraints(List<List<VersionConstraint>> alternatives) {
    private static final String VERSION = "v?[0-9|xX*]+(?:\\.[0-9|xX*]+)?(?:\\.[0-9|xX*]+)?"
            + "(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+)?";
    private static final Pattern RANGE = Pattern.compile("\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")\\s*");
    private static final Pattern ONE = Pattern.compile("(=>|=<|=|!=|>=|>|<=|<|~>|~|\\^|)\\s*(" + VERSION + ")\\s*");

    /** @throws FunctionFailure for a text that is no constraint */
    static VersionConstraints parse(String text) {
        String plain = text.contains(" - ") ? RANGE.matcher(text).replaceAll(">= $1, <= $2 ") : text;
        List<List<VersionConstraint>> alternatives = new ArrayList<>();
        for (String part : GoText.split(plain, "||", -1)) {
            alternatives.add(together(part));
        }
        return new VersionConstraints(alternatives);
    }

    boolean accept(Version version) {
        for (List<VersionConstraint> together : alternatives) {
            if (together.stream().allMatch(constraint -> constraint.accepts(version))) {
                return true;
            }
        }
        return false;
    }

    private static List<VersionConstraint> together(String text) {
        List<VersionConstraint> result = new ArrayList<>();
        Matcher one = ONE.matcher(text);
        int at = text.length() - text.stripLeading().length();
        boolean separated = true;
        do {
            one.region(at, text.length());
            if (!separated || !one.lookingAt()) {
                throw new FunctionFailure("improper constraint: " + text);
            }
            result.add(VersionConstraint.of(one.group(1), one.group(2)));
            at = one.end();
            separated = one.end() > one.end(2);
            if (at < text.length() && text.charAt(at) == ',') {
                separated = true;
                at++;
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    throw new FunctionFailure("improper constraint: " + text);
                }
            }
        } while (at < text.length());
        return result;
    }
}
