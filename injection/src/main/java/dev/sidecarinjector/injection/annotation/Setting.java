package dev.sidecarinjector.injection.annotation;

/**
 * One annotation, label or environment variable: a row of the one table behind the checks, the reference page and the tests.
 *
 * @param name     as it is written
 * @param kind     where it stands
 * @param fallback what holds where it is not set, for a person; empty where there is none
 * @param rule     what its value must keep
 * @param reader   who reads it
 * @param help     one sentence
 */
public record Setting(String name, Kind kind, String fallback, Rule rule, Reader reader, String help) {
    /** Where a setting stands. */
    public enum Kind {
        ANNOTATION, LABEL, ENVIRONMENT
    }

    /** Who reads a setting. */
    public enum Reader {
        /** The shipped sidecar template. */
        TEMPLATE("template"),
        /** The code around the templates. */
        ENGINE("engine"),
        /** Both of them. */
        BOTH("template, engine"),
        /** The proxy, the control plane, or a template that is not ours. */
        OTHERS("others"),
        /** Nobody in this release. */
        NOBODY("nobody");

        private final String word;

        Reader(String word) {
            this.word = word;
        }

        /** One word or two for a table. */
        public String word() {
            return word;
        }
    }

    /** What a value must keep; refused are only values that would be refused or misread later. */
    public enum Rule {
        ANY, SWITCH, TRUE_OR_FALSE, BOOLEAN, IGNORED_UNLESS_BOOLEAN, INTERCEPTION_MODE, STATUS_PORT, COUNT, INCLUDED_RANGES, EXCLUDED_RANGES, INCLUDED_PORTS, EXCLUDED_PORTS, UNCHECKED_PORTS, INTERFACES, QUANTITY, PROXY_CONFIG, JSON_OBJECT, IMAGE;

        /** For a person, in Markdown. */
        public String sentence() {
            return switch (this) {
                case ANY -> "any text";
                case SWITCH -> "`true` or `false`; another value counts as not set";
                case TRUE_OR_FALSE -> "`true` or `false`; another value gives a warning";
                case BOOLEAN -> "`true` or `false`, also `1`, `0`, `t`, `f`";
                case IGNORED_UNLESS_BOOLEAN -> "`true` or `false`, also `1`, `0`, `t`, `f`; another value is ignored with a warning";
                case INTERCEPTION_MODE -> "`REDIRECT`, `TPROXY` or `NONE`";
                case STATUS_PORT -> "a port, or 0 for none";
                case COUNT -> "a whole number from 0";
                case INCLUDED_RANGES -> "`*` or CIDRs, with commas";
                case EXCLUDED_RANGES -> "CIDRs, with commas";
                case INCLUDED_PORTS -> "`*` or ports, with commas";
                case EXCLUDED_PORTS -> "ports, with commas";
                case UNCHECKED_PORTS -> "ports, with commas; another value gives a warning";
                case INTERFACES -> "names of interfaces, with commas";
                case QUANTITY -> "a Kubernetes quantity";
                case PROXY_CONFIG -> "YAML of a ProxyConfig";
                case JSON_OBJECT -> "a JSON object; another value gives a warning";
                case IMAGE -> "an image; ignored with a warning unless it contains a `/`";
            };
        }
    }
}
