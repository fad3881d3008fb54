package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Backend;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;
import java.util.stream.Collectors;

/** A rule set for people: every rule with the reason for it and the settings that asked for it. */
public final class RuleTable {
    /** A line of the table, in the back-end's words. */
    private record Row(String families, String place, String rule, String why, List<String> settings) {}

    private RuleTable() {}

    /** Columns parted by blanks, in the order in which rules are added; a rule that goes to the head of its chain says so. */
    public static String text(RuleSet rules) {
        List<Row> rows = rows(rules);
        String format = "%-" + width(rows.stream().map(Row::place).toList(), "CHAIN") + "s  %-6s  %-"
                + width(rows.stream().map(Row::rule).toList(), "RULE") + "s  %s\n";
        StringBuilder text = new StringBuilder(String.format(format, "CHAIN", "FAMILY", "RULE", "WHY"));
        for (Row row : rows) {
            text.append(String.format(format, row.place(), row.families(), row.rule(),
                    row.why() + (row.settings().isEmpty() ? "" : " (" + String.join("; ", row.settings()) + ")")));
        }
        return text.toString();
    }

    /** An array of objects with the members {@code family, chain, rule, why, settings}. */
    public static String json(RuleSet rules) {
        return rows(rules).stream()
                .map(row -> "  {\"family\": " + Json.quoted(row.families()) + ", \"chain\": " + Json.quoted(row.place()) + ", \"rule\": "
                        + Json.quoted(row.rule()) + ", \"why\": " + Json.quoted(row.why()) + ", \"settings\": ["
                        + row.settings().stream().map(Json::quoted).collect(Collectors.joining(", ")) + "]}")
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static int width(List<String> cells, String title) {
        return Math.max(title.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static List<Row> rows(RuleSet rules) {
        return rules.rules().stream().map(rule -> row(rules.backend(), rule)).toList();
    }

    private static Row row(Backend backend, Rule rule) {
        boolean iptables = backend == Backend.IPTABLES;
        String families = rule.families().size() > 1 ? "both" : rule.isIn(Family.IPV4) ? Family.IPV4.label() : Family.IPV6.label();
        String place = iptables
                ? rule.table().iptables() + "/" + rule.chain()
                : rule.table().nftables() + "/" + rule.chain().nftables();
        return new Row(families, place + (rule.insertAt() == 0 ? "" : " at " + rule.insertAt()),
                iptables ? String.join(" ", IptablesWords.of(rule)) : NftWords.of(rule), rule.why().sentence(),
                rule.why().settings().stream().map(Setting::label).toList());
    }
}
