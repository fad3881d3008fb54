package dev.sidecarinjector.iptablesinit.arguments;

import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads words as github.com/spf13/pflag 1.0.10 does: clusters of letters, {@code --name value} and {@code --name=value}, flags and other words mixed
 * (spec section 1). Picocli has another grammar, and loading it takes as long as applying the rules.
 */
public final class FlagGrammar {
    private static final String HELP = "help";
    private static final char HELP_LETTER = 'h';

    private final Map<String, Setting> byName = new HashMap<>(128);
    private final @Nullable Setting[] byLetter = new Setting[128];
    private final List<String> words;
    private int next;
    private final Map<Setting, List<String>> flags = new LinkedHashMap<>();
    private final List<String> positionals = new ArrayList<>();
    private final Set<String> more;
    private final Map<String, String> others = new HashMap<>();
    private boolean help;

    private FlagGrammar(List<String> words, Set<String> more) {
        this.words = words;
        this.more = more;
        for (Setting setting : Setting.values()) {
            String name = setting.flag();
            if (name != null) {
                byName.put(name, setting);
                if (setting.letter() != 0) {
                    byLetter[setting.letter()] = setting;
                }
            }
        }
    }

    /** The flags among the words of a command line, which starts after the program's and the command's name. */
    public static Arguments read(String... words) {
        return read(Arrays.asList(words));
    }

    public static Arguments read(List<String> words) {
        return read(words, Set.of());
    }

    /**
     * The same for a command with flags of its own.
     *
     * @param more their long names; each takes a value
     */
    public static Arguments read(List<String> words, Set<String> more) {
        FlagGrammar grammar = new FlagGrammar(words, more);
        String fault = grammar.read();
        return fault == null ? new Given(grammar.flags, grammar.others, grammar.help, grammar.positionals) : new Unreadable(fault);
    }

    /** Null where every word was understood. */
    private @Nullable String read() {
        while (hasNext()) {
            String word = next();
            String fault = null;
            if (word.length() < 2 || word.charAt(0) != '-') {
                positionals.add(word);
            } else if (word.equals("--")) {
                positionals.addAll(words.subList(next, words.size()));
                return null;
            } else if (word.charAt(1) == '-') {
                fault = readName(word);
            } else {
                fault = readLetters(word.substring(1));
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private boolean hasNext() {
        return next < words.size();
    }

    private String next() {
        return words.get(next++);
    }

    private @Nullable String readName(String word) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        if (name.isEmpty() || name.charAt(0) == '-') {
            return "bad flag syntax: " + word;
        }
        if (more.contains(name)) {
            if (equals < 0 && !hasNext()) {
                return "flag needs an argument: " + word;
            }
            others.put(name, equals < 0 ? next() : word.substring(equals + 1));
            return null;
        }
        Setting setting = byName.get(name);
        if (setting == null && !name.equals(HELP)) {
            return "unknown flag: --" + name;
        }
        if (equals >= 0) {
            return put(setting, word.substring(equals + 1));
        }
        if (isSwitch(setting)) {
            return put(setting, "true");
        }
        return !hasNext() ? "flag needs an argument: " + word : put(setting, next());
    }

    /**
     * Letters of switches, of which the last may be of a flag with a value. A value after {@code =} has at least one character: of {@code -x=} the sign
     * itself is the value, which is worth knowing where a script writes {@code -x=$EMPTY}.
     */
    private @Nullable String readLetters(String cluster) {
        String letters = cluster;
        while (!letters.isEmpty()) {
            if (letters.startsWith("test.")) {
                // Flags of Go's own tests are passed over.
                return null;
            }
            char letter = letters.charAt(0);
            Setting setting = letter < byLetter.length ? byLetter[letter] : null;
            if (setting == null && letter != HELP_LETTER) {
                return "unknown shorthand flag: " + quoted(letters) + " in -" + letters;
            }
            if (letters.length() > 2 && letters.charAt(1) == '=') {
                return put(setting, letters.substring(2));
            }
            if (isSwitch(setting)) {
                String fault = put(setting, "true");
                if (fault != null) {
                    return fault;
                }
                letters = letters.substring(1);
            } else if (letters.length() > 1) {
                return put(setting, letters.substring(1));
            } else if (!hasNext()) {
                return "flag needs an argument: " + quoted(letters) + " in -" + letters;
            } else {
                return put(setting, next());
            }
        }
        return null;
    }

    private static boolean isSwitch(@Nullable Setting setting) {
        return setting == null || setting.kind().isSwitch();
    }

    /** Null for the setting stands for help. */
    private @Nullable String put(@Nullable Setting setting, String value) {
        if (setting != null) {
            List<String> values = flags.get(setting);
            if (values == null) {
                values = new ArrayList<>(1);
                flags.put(setting, values);
            }
            values.add(value);
            return null;
        }
        switch (value) {
            case "1", "t", "T", "TRUE", "true", "True" -> help = true;
            case "0", "f", "F", "FALSE", "false", "False" -> help = false;
            default -> {
                return "invalid argument \"" + value + "\" for \"-h, --help\" flag: strconv.ParseBool: parsing \"" + value
                        + "\": invalid syntax";
            }
        }
        return null;
    }

    /** The first byte, since the reference implementation looks at bytes, as Go quotes a character. */
    private static String quoted(String letters) {
        char first = (char) (letters.substring(0, letters.offsetByCodePoints(0, 1)).getBytes(StandardCharsets.UTF_8)[0] & 0xff);
        return first == '\'' || first == '\\' ? "'\\" + first + "'" : "'" + first + "'";
    }
}
