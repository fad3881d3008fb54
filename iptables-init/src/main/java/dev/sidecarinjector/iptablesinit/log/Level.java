package dev.sidecarinjector.iptablesinit.log;

import org.jspecify.annotations.Nullable;

/** How much is logged; each level includes those before it. */
public enum Level {
    NONE("none"), FATAL("fatal"), ERROR("error"), WARN("warn"), INFO("info"), DEBUG("debug");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /** As it stands in a line and in {@code --log_output_level}. */
    public String word() {
        return word;
    }

    boolean includes(Level other) {
        return compareTo(other) >= 0;
    }

    /**
     * The level of this program in a value of {@code --log_output_level}: {@code debug}, {@code default:debug}, {@code all:debug}, or several of them
     * with commas, of which the last counts; levels of other scopes are checked and passed over. Null where one is no level.
     */
    static @Nullable Level of(String levels) {
        Level level = INFO;
        int start = 0;
        while (start <= levels.length()) {
            int comma = levels.indexOf(',', start);
            String item = levels.substring(start, comma < 0 ? levels.length() : comma);
            int colon = item.indexOf(':');
            Level named = named(item.substring(colon + 1));
            if (named == null) {
                return null;
            }
            String scope = colon < 0 ? "default" : item.substring(0, colon);
            if (scope.equals("default") || scope.equals("all")) {
                level = named;
            }
            start = comma < 0 ? levels.length() + 1 : comma + 1;
        }
        return level;
    }

    private static @Nullable Level named(String word) {
        for (Level level : values()) {
            if (level.word.equals(word)) {
                return level;
            }
        }
        return null;
    }
}
