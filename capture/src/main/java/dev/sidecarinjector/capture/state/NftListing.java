package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code nft list ruleset}, or {@code nft list table}, prints; with {@code -s}, which leaves counts out, or without. */
public final class NftListing {
    private static final String INET = "table inet ";

    private NftListing() {}

    /** Our own tables of the family inet; all others are left out. Elements of sets are not read: {@code -t} spares listing them. */
    public static Loaded parse(String listing) {
        Map<String, LoadedTable> tables = new LinkedHashMap<>();
        Map<String, List<LoadedRule>> chains = new LinkedHashMap<>();
        Set<String> sets = new TreeSet<>();
        List<LoadedRule> rules = null;
        boolean known = false;
        for (int start = 0, end; start < listing.length(); start = end + 1) {
            end = listing.indexOf('\n', start);
            end = end < 0 ? listing.length() : end;
            String line = listing.substring(start, end).strip();
            if (line.startsWith("table ")) {
                String name = line.startsWith(INET) ? secondWord(line.substring("table ".length())) : "";
                known = isOurs(name);
                chains = new LinkedHashMap<>();
                sets = new TreeSet<>();
                if (known) {
                    tables.put(name, new LoadedTable(chains, sets));
                }
            } else if (line.startsWith("chain ")) {
                rules = new ArrayList<>();
                chains.put(secondWord(line), rules);
            } else if (line.startsWith("set ") && line.endsWith("{")) {
                sets.add(secondWord(line));
                rules = null;
            } else if (line.equals("}")) {
                rules = null;
            } else if (known && rules != null && !line.isEmpty() && !line.startsWith("type ")) {
                rules.add(NftForm.of(withoutHandle(line), Names.NONE));
            }
        }
        return new Loaded(tables);
    }

    private static boolean isOurs(String name) {
        for (Table table : Table.values()) {
            if (table.nftables().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The name of a table, chain or set, which follows what it is. */
    private static String secondWord(String line) {
        int start = line.indexOf(' ') + 1;
        int end = line.indexOf(' ', start);
        return end < 0 ? line.substring(start) : line.substring(start, end);
    }

    private static String withoutHandle(String line) {
        int handle = line.lastIndexOf(" # handle ");
        return handle < 0 ? line : line.substring(0, handle);
    }
}
