package dev.sidecarinjector.sidecarctl.cases;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is expected of a value at a path. */
sealed interface Match {
    boolean fits(JsonNode node);

    /** For a message. */
    String wanted();

    /** It is there, whatever it is. */
    record Present() implements Match {
        @Override
        public boolean fits(JsonNode node) {
            return true;
        }

        @Override
        public String wanted() {
            return "something there";
        }
    }

    /** It is this value. */
    record Same(JsonNode value) implements Match {
        @Override
        public boolean fits(JsonNode node) {
            return same(value, node);
        }

        @Override
        public String wanted() {
            return CaseText.shown(value);
        }
    }

    /** A text has this part, a list these items in a row (or this one), a map these members. */
    record Contains(JsonNode part, boolean wants) implements Match {
        @Override
        public boolean fits(JsonNode node) {
            return has(node) == wants;
        }

        private boolean has(JsonNode node) {
            if (node.isString()) {
                return part.isString() && node.stringValue().contains(part.stringValue());
            }
            if (node.isArray()) {
                return part.isArray() ? row(node) : anyItem(node);
            }
            return node.isObject() && part.isObject() && members(node);
        }

        private boolean anyItem(JsonNode list) {
            for (JsonNode item : list) {
                if (same(part, item)) {
                    return true;
                }
            }
            return false;
        }

        private boolean row(JsonNode list) {
            for (int start = 0; start + part.size() <= list.size(); start++) {
                int length = 0;
                while (length < part.size() && same(part.get(length), list.get(start + length))) {
                    length++;
                }
                if (length == part.size()) {
                    return true;
                }
            }
            return false;
        }

        private boolean members(JsonNode map) {
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                if (!same(member.getValue(), map.path(member.getKey()))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String wanted() {
            return (wants ? "something with " : "something without ") + CaseText.shown(part);
        }
    }

    /** A regular expression is found in it; what is no text is printed as JSON first. */
    record Matches(Pattern pattern) implements Match {
        @Override
        public boolean fits(JsonNode node) {
            return pattern.matcher(node.isString() ? node.stringValue() : node.toString()).find();
        }

        @Override
        public String wanted() {
            return "a match of " + pattern.pattern();
        }
    }

    /** Equal as JSON: members in any order, numbers by value. */
    private static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        if (a.isObject()) {
            return a.properties().stream().allMatch(member -> same(member.getValue(), b.path(member.getKey())));
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return a.isContainer() || a.equals(b);
    }
}
