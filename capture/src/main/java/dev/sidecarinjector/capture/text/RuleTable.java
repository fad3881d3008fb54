package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Backend;
import dev.sidecarinjector.capture.rules.Routing.LocalRoute;
import dev.sidecarinjector.capture.rules.Routing.LoopbackAddress;
import dev.sidecarinjector.capture.rules.Routing.MarkRule;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Why;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A rule set for people: every rule with the reason for it and the settings that asked for it. */
public final class RuleTable {
    /** A line of the table, in the back-end's words. */
    private record Row(String families, String place, String rule, String why, List<Setting> settings) {}

    private RuleTable() {}

    /** Columns parted by blanks, in the order in which rules are added; a rule that goes to the head of its chain says so. */
    public static String text(RuleSet rules) {
        return text(rules, Setting::label);
    }

    /** Each setting with its value and the origin of that; addresses and routes that the rules rely on come last. */
    public static String text(RuleSet rules, CaptureSettings settings) {
        return text(rules, setting -> SettingText.of(settings, setting));
    }

    private static String text(RuleSet rules, Function<Setting, String> asked) {
        List<Row> rows = rows(rules);
        String format = "%-" + width(rows.stream().map(Row::place).toList(), "CHAIN") + "s  %-6s  %-"
                + width(rows.stream().map(Row::rule).toList(), "RULE") + "s  %s\n";
        StringBuilder text = new StringBuilder(String.format(format, "CHAIN", "FAMILY", "RULE", "WHY"));
        for (Row row : rows) {
            text.append(String.format(format, row.place(), row.families(), row.rule(),
                    row.why() + (row.settings().isEmpty()
                            ? ""
                            : row.settings().stream().map(asked).collect(Collectors.joining("; ", " (", ")")))));
        }
        return text.toString();
    }

    /** An array of objects with the members {@code family, chain, rule, why, settings}. */
    public static String json(RuleSet rules) {
        return json(rules, setting -> Json.quoted(setting.label()));
    }

    /** The same, but each of {@code settings} is an object with the members {@code setting, value, origin}. */
    public static String json(RuleSet rules, CaptureSettings settings) {
        return json(rules, setting -> SettingText.json(settings, setting));
    }

    private static String json(RuleSet rules, Function<Setting, String> asked) {
        return rows(rules).stream()
                .map(row -> "  {\"family\": " + Json.quoted(row.families()) + ", \"chain\": " + Json.quoted(row.place()) + ", \"rule\": "
                        + Json.quoted(row.rule()) + ", \"why\": " + Json.quoted(row.why()) + ", \"settings\": ["
                        + row.settings().stream().map(asked).collect(Collectors.joining(", ")) + "]}")
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static int width(List<String> cells, String title) {
        return Math.max(title.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static List<Row> rows(RuleSet rules) {
        List<Row> rows = new ArrayList<>(rules.rules().stream().map(rule -> row(rules.backend(), rule)).toList());
        for (LoopbackAddress address : rules.routing().addresses()) {
            rows.add(row(address.address().family(), "addresses/lo", address.words(), address.why()));
        }
        for (MarkRule rule : rules.routing().rules()) {
            rows.add(row(rule.family(), "routing/rules", rule.words(), rule.why()));
        }
        for (LocalRoute route : rules.routing().routes()) {
            rows.add(row(route.family(), "routing/routes", route.words(), route.why()));
        }
        return rows;
    }

    private static Row row(Family family, String place, String words, Why why) {
        return new Row(family.label(), place, words, why.sentence(), why.settings());
    }

    private static Row row(Backend backend, Rule rule) {
        boolean iptables = backend == Backend.IPTABLES;
        String families = rule.families().size() > 1 ? "both" : rule.isIn(Family.IPV4) ? Family.IPV4.label() : Family.IPV6.label();
        String place = iptables
                ? rule.table().iptables() + "/" + rule.chain()
                : rule.table().nftables() + "/" + rule.chain().nftables();
        return new Row(families, place + (rule.insertAt() == 0 ? "" : " at " + rule.insertAt()),
                iptables ? String.join(" ", IptablesWords.of(rule)) : NftWords.of(rule), rule.why().sentence(),
                rule.why().settings());
    }
}
