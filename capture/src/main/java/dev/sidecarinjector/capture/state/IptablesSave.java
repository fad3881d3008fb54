package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code iptables-save} or {@code ip6tables-save} prints, and what the restore programs take. */
public final class IptablesSave {
    private static final Pattern RULE = Pattern.compile("-[AI] (?<chain>\\S+)(?: (?<position>\\d{1,9}))?(?: (?<words>.*))?");

    private IptablesSave() {}

    /** All tables of a dump. Remarks, counters and policies are passed over. */
    public static Loaded parse(String dump, Family family) {
        Map<String, LoadedTable> tables = new LinkedHashMap<>();
        Map<String, List<LoadedRule>> chains = new LinkedHashMap<>();
        for (String line : dump.lines().map(String::strip).toList()) {
            if (line.startsWith("*")) {
                chains = new LinkedHashMap<>();
                tables.put(line.substring(1).strip(), new LoadedTable(chains, Set.of()));
            } else if (line.startsWith(":")) {
                chains.putIfAbsent(words(line.substring(1)).getFirst(), new ArrayList<>());
            } else if (line.startsWith("-N ")) {
                chains.putIfAbsent(line.substring(3), new ArrayList<>());
            } else if (line.startsWith("-A ") || line.startsWith("-I ") || line.startsWith("[")) {
                rule(line.replaceFirst("^\\[\\d+:\\d+] ", ""), family, chains);
            }
        }
        return new Loaded(tables);
    }

    private static void rule(String line, Family family, Map<String, List<LoadedRule>> chains) {
        Matcher rule = RULE.matcher(line);
        if (rule.matches()) {
            List<LoadedRule> rules = chains.computeIfAbsent(rule.group("chain"), _ -> new ArrayList<>());
            String position = rule.group("position");
            int index = position == null ? line.startsWith("-I") ? 0 : rules.size() : Integer.parseInt(position) - 1;
            String words = rule.group("words") == null ? "" : rule.group("words");
            rules.add(Math.min(index, rules.size()),
                    IptablesForm.of(words(words), words, family, Names.NONE));
        }
    }

    /** Words are separated by blanks; one with a blank of its own, such as a comment, stands in quotes. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"') {
                quoted = !quoted;
                begun = true;
            } else if (letter == '\\' && quoted && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
            } else if (letter == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(letter);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
