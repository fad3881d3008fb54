package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@code iptables-save} or {@code ip6tables-save} prints, and what the restore programs take. */
public final class IptablesSave {
    private IptablesSave() {}

    /** All tables of a dump. Remarks, counters and policies are passed over. */
    public static Loaded parse(String dump, Family family) {
        Map<String, LoadedTable> tables = new LinkedHashMap<>();
        Map<String, List<LoadedRule>> chains = new LinkedHashMap<>();
        int next = 0;
        while (next < dump.length()) {
            int end = dump.indexOf('\n', next);
            end = end < 0 ? dump.length() : end;
            String line = dump.substring(next, end).strip();
            next = end + 1;
            if (line.startsWith("*")) {
                chains = new LinkedHashMap<>();
                tables.put(line.substring(1).strip(), new LoadedTable(chains, Set.of()));
            } else if (line.startsWith(":")) {
                chains.putIfAbsent(words(line.substring(1)).getFirst(), new ArrayList<>());
            } else if (line.startsWith("-N ")) {
                chains.putIfAbsent(line.substring(3), new ArrayList<>());
            } else if (line.startsWith("-A ") || line.startsWith("-I ") || line.startsWith("[")) {
                rule(line.substring(line.startsWith("[") ? line.indexOf(' ') + 1 : 0), family, chains);
            }
        }
        return new Loaded(tables);
    }

    private static void rule(String line, Family family, Map<String, List<LoadedRule>> chains) {
        if (!line.startsWith("-A ") && !line.startsWith("-I ")) {
            return;
        }
        int end = wordEnd(line, 3);
        List<LoadedRule> rules = chains.computeIfAbsent(line.substring(3, end), _ -> new ArrayList<>());
        int index = line.startsWith("-I") ? 0 : rules.size();
        int begin = Math.min(end + 1, line.length());
        if (begin < line.length() && Character.isDigit(line.charAt(begin))) {
            end = wordEnd(line, begin);
            index = Integer.parseInt(line.substring(begin, end)) - 1;
            begin = Math.min(end + 1, line.length());
        }
        String words = line.substring(begin);
        rules.add(Math.min(index, rules.size()), IptablesForm.of(words(words), words, family, Names.NONE));
    }

    private static int wordEnd(String line, int from) {
        int blank = line.indexOf(' ', from);
        return blank < 0 ? line.length() : blank;
    }

    /** Words are separated by blanks; one with a blank of its own, such as a comment, stands in quotes. */
    static List<String> words(String line) {
        if (line.indexOf('"') < 0) {
            return plainWords(line);
        }
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

    private static List<String> plainWords(String line) {
        List<String> words = new ArrayList<>(8);
        int start = 0;
        while (start < line.length()) {
            int end = wordEnd(line, start);
            if (end > start) {
                words.add(line.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }
}
