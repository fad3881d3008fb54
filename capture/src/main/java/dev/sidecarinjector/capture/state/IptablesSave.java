package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@code iptables-save} or {@code ip6tables-save} prints. */
public final class IptablesSave {
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
            } else if (line.startsWith("-A ") || line.startsWith("[")) {
                rule(line.replaceFirst("^\\[\\d+:\\d+] ", ""), family, chains);
            }
        }
        return new Loaded(tables);
    }

    private static void rule(String line, Family family, Map<String, List<LoadedRule>> chains) {
        List<String> words = words(line);
        if (words.size() >= 2) {
            String text = line.substring(3).strip().substring(words.get(1).length()).strip();
            chains.computeIfAbsent(words.get(1), _ -> new ArrayList<>())
                    .add(IptablesForm.of(words.subList(2, words.size()), text, family, Names.NONE));
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
