package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code nft list ruleset}, or {@code nft list table}, prints; with {@code -s}, which leaves counts out, or without. */
public final class NftListing {
    private NftListing() {}

    /** Our own tables of the family inet; all others are left out. Elements of sets are not read: {@code -t} spares listing them. */
    public static Loaded parse(String listing) {
        Set<String> ours = new TreeSet<>(Arrays.stream(Table.values()).map(Table::nftables).toList());
        Map<String, LoadedTable> tables = new LinkedHashMap<>();
        Map<String, List<LoadedRule>> chains = new LinkedHashMap<>();
        Set<String> sets = new TreeSet<>();
        List<LoadedRule> rules = null;
        boolean known = false;
        for (String line : listing.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+", -1);
            if (words[0].equals("table") && words.length >= 3) {
                known = words[1].equals("inet") && ours.contains(words[2]);
                chains = new LinkedHashMap<>();
                sets = new TreeSet<>();
                if (known) {
                    tables.put(words[2], new LoadedTable(chains, sets));
                }
            } else if (words[0].equals("chain") && words.length >= 2) {
                rules = new ArrayList<>();
                chains.put(words[1], rules);
            } else if (words[0].equals("set") && words.length >= 2 && line.endsWith("{")) {
                sets.add(words[1]);
                rules = null;
            } else if (line.equals("}")) {
                rules = null;
            } else if (known && rules != null && !line.isEmpty() && !line.startsWith("type ")) {
                rules.add(NftForm.of(withoutHandle(line), Names.NONE));
            }
        }
        return new Loaded(tables);
    }

    private static String withoutHandle(String line) {
        int handle = line.lastIndexOf(" # handle ");
        return handle < 0 ? line : line.substring(0, handle);
    }
}
