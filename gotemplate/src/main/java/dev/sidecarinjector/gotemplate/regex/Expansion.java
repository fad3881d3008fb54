package dev.sidecarinjector.gotemplate.regex;

import java.util.List;

/** A replacement in which {@code $name}, {@code ${name}} and {@code $1} stand for the groups of a match. */
record Expansion(String template, List<String> names) {
    void append(String text, int[] match, StringBuilder out) {
        int at = 0;
        for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', at)) {
            out.append(template, at, dollar);
            at = dollar + 1;
            if (template.startsWith("$", at)) {
                out.append('$');
                at++;
                continue;
            }
            boolean brace = template.startsWith("{", at);
            int start = brace ? at + 1 : at;
            int end = nameEnd(start);
            if (end == start || (brace && !template.startsWith("}", end))) {
                out.append('$');
                continue;
            }
            int group = group(template.substring(start, end), match);
            if (group >= 0) {
                out.append(text, match[2 * group], match[2 * group + 1]);
            }
            at = brace ? end + 1 : end;
        }
        out.append(template, at, template.length());
    }

    private int nameEnd(int start) {
        int end = start;
        while (end < template.length()) {
            int c = template.codePointAt(end);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** The number of a group that took part in the match; negative for none. */
    private int group(String name, int[] match) {
        boolean number = name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9')
                && (name.length() == 1 || name.charAt(0) != '0');
        if (number) {
            int group = Integer.parseInt(name);
            return 2 * group < match.length && match[2 * group] >= 0 ? group : -1;
        }
        for (int group = 1; group < names.size(); group++) {
            if (names.get(group).equals(name) && match[2 * group] >= 0) {
                return group;
            }
        }
        return -1;
    }
}
