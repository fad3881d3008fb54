package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Selection;
import dev.sidecarinjector.capture.state.Comparison;
import dev.sidecarinjector.capture.state.IptablesChoice;
import dev.sidecarinjector.capture.state.IptablesSave;
import dev.sidecarinjector.capture.state.IptablesTransaction;
import dev.sidecarinjector.capture.state.IptablesVersion;
import dev.sidecarinjector.capture.state.Loaded;
import dev.sidecarinjector.capture.state.Names;
import dev.sidecarinjector.capture.text.NftText;
import dev.sidecarinjector.capture.text.RestoreText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;

/** The peer's cases of traffic capture that need no kernel. Those of kind {@code live} are run by the program's own tests, in namespaces. */
@WithConformanceData
class CaptureCasesTest {
    @TestFactory
    Stream<DynamicTest> theRulesForIptablesAreThePeers() {
        return Stream.concat(CaptureCase.of("iptables-capture"), CaptureCase.of("cni-plugin")).map(row -> test(row, () -> {
            RuleSet rules = row.plan();
            assertThat(RestoreText.of(rules, Family.IPV4)).isEqualTo(row.expected("v4_restore")).isNotEmpty();
            if (row.expected().has("v6_restore")) {
                assertThat(RestoreText.of(rules, Family.IPV6)).isEqualTo(row.expected("v6_restore"));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> theRulesForNftablesAreThePeers() {
        return CaptureCase.of("nftables-capture").map(row -> test(row, () -> assertThat(NftText.of(row.plan()))
                .isEqualTo(row.expected("nft")).isNotEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> whatTheKernelGivesBackIsRecognised() {
        return CaptureCase.file("saved.json").properties().stream().flatMap(entry -> {
            CaptureCase row = Stream.of("iptables-capture", "cni-plugin").flatMap(CaptureCase::of)
                    .filter(candidate -> entry.getKey().equals(candidate.kind() + "/" + candidate.name())).findFirst().orElseThrow();
            return entry.getValue().path("saved").properties().stream()
                    .map(saved -> ConformanceReport.test(entry.getKey() + " " + saved.getKey(), "saved", () -> {
                        // Names of groups were replaced by a number to load the rules.
                        Map<String, String> environment = Tables.map(row.json().path("env"));
                        environment
                                .replaceAll((name, value) -> name.contains("GROUPS") ? value.replaceAll("java,202|888,ftp", "0") : value);
                        recognised(row.plan(environment), dump(saved.getValue()), saved.getKey().endsWith("4") ? Family.IPV4 : Family.IPV6);
                    }));
        });
    }

    private static void recognised(RuleSet rules, String dump, Family family) {
        Loaded loaded = IptablesSave.parse(dump, family);
        assertThat(loaded.ruleCount()).isEqualTo(rules.rules(family).size()).isPositive();
        assertThat(Comparison.iptables(loaded, rules, family, Names.NONE)).matches(plan -> plan.isDone(), "is done");
        assertThat(IptablesTransaction.replace(loaded, rules, family, Names.NONE)).isEmpty();
        // And one rule less is noticed, whichever it is.
        List<String> lines = dump.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("-A")) {
                List<String> fewer = new ArrayList<>(lines);
                fewer.remove(i);
                Loaded without = IptablesSave.parse(String.join("\n", fewer), family);
                assertThat(Comparison.iptables(without, rules, family, Names.NONE)).as(lines.get(i)).matches(plan -> !plan.isDone());
            }
        }
    }

    private static String dump(JsonNode tables) {
        StringBuilder dump = new StringBuilder();
        tables.properties().forEach(table -> {
            dump.append('*').append(table.getKey()).append('\n');
            table.getValue().path("chains").forEach(chain -> dump.append(':').append(chain.asString()).append(" - [0:0]\n"));
            table.getValue().path("rules").forEach(rule -> dump.append(rule.asString()).append('\n'));
            dump.append("COMMIT\n");
        });
        return dump.toString();
    }

    @TestFactory
    Stream<DynamicTest> ipv6IsOnWhereThePeerHasItOn() {
        return CaptureCase.of("config-local-ip").map(row -> test(row, () -> {
            List<String> arguments = row.json().path("dual_stack").asBoolean() ? List.of("--dual-stack") : List.of();
            Resolution resolution = CaptureCase.resolve(arguments, Map.of(), row.json().path("addresses"), "");
            assertThat(((Resolution.Resolved) resolution).settings().network().ipv6())
                    .isEqualTo(row.expected().path("enable_ipv6").asBoolean());
        }));
    }

    @TestFactory
    Stream<DynamicTest> prefixesArePartedByFamily() {
        return CaptureCase.of("config-split-cidr").map(row -> test(row, () -> {
            Resolution resolution = CaptureCase.resolve(List.of("-i", row.json().path("input").asString()), Map.of(),
                    ConformanceData.JSON.readTree("[\"10.10.0.2\"]"), "");
            Selection<Cidr> cidrs = ((Resolution.Resolved) resolution).settings().outbound().cidrs();
            assertThat(parted(cidrs, Family.IPV4)).isEqualTo(row.expected().path("v4").toString());
            assertThat(parted(cidrs, Family.IPV6)).isEqualTo(row.expected().path("v6").toString());
        }));
    }

    private static String parted(Selection<Cidr> cidrs, Family family) {
        return cidrs.all()
                ? "\"wildcard\""
                : cidrs.items().stream().filter(cidr -> cidr.family() == family).map(cidr -> "\"" + cidr + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    @TestFactory
    Stream<DynamicTest> badSettingsAreRefused() {
        return Stream.of("validate-owner-groups", "validate-loopback-cidr", "validate-iptables-binary").flatMap(CaptureCase::of)
                .map(row -> test(row, () -> {
                    Resolution resolution = row.resolve();
                    assertThat(resolution instanceof Resolution.Resolved ? 0 : 1).isEqualTo(row.json().path("exit").asInt());
                    if (row.json().has("message")) {
                        assertThat(((Resolution.Rejected) resolution).problems().getFirst().what())
                                .contains(row.json().path("message").asString());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> versionsAreRead() {
        return CaptureCase.of("parse-version").map(row -> test(row, () -> {
            IptablesVersion version = IptablesVersion.parse(row.json().path("input").asString());
            assertThat(version.number()).isEqualTo(row.expected().path("version").asString());
            assertThat(version.nft()).isEqualTo(row.json().path("input").asString().contains("nf_tables"));
        }));
    }

    @TestFactory
    Stream<DynamicTest> theProgramIsChosenAsThePeerDoes() {
        return CaptureCase.of("detect-binary").map(row -> test(row, () -> {
            List<String> usable = row.json().path("usable_binaries").valueStream().map(JsonNode::asString).toList();
            IptablesChoice choice = IptablesChoice.choose("iptables", row.json().path("force").asString(), usable::contains, _ -> false);
            String expected = row.expected().path("result").asString();
            switch (choice) {
                case IptablesChoice.Chosen chosen -> assertThat(chosen.program()).isEqualTo(expected);
                case IptablesChoice.NotFound(String problem) -> assertThat(expected).startsWith("error: ")
                        .satisfies(error -> assertThat(problem).endsWith(error.substring("error: ".length())));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> theBuilderWritesThePeersTexts() {
        return CaptureCase.of("iptables-builder").map(row -> test(row, () -> {
            for (String family : List.of("4", "6")) {
                List<RestoreText.Line> lines = CommandForms.lines(row.json().path("ops"), family);
                JsonNode expected = row.expected().path("v" + family);
                assertThat(RestoreText.of(lines)).isEqualTo(expected.path("restore").asString(""));
                assertThat(CommandForms.commands(lines)).isEqualTo(expected.path("commands").asString(""));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> theBuilderWritesThePeersCommands() {
        return Stream.concat(CaptureCase.of("iptables-builder-check").map(row -> test(row, () -> {
            for (String family : List.of("4", "6")) {
                assertThat(CommandForms.checks(CommandForms.lines(row.json().path("ops"), family)))
                        .isEqualTo(strings(row.expected().path("v" + family)));
            }
        })), CaptureCase.of("iptables-builder-cleanup")
                .map(row -> test(row, () -> assertThat(CommandForms.undo(CommandForms.lines(row.json().path("ops_v4"))))
                        .isEqualTo(strings(row.expected().path("v4"))))));
    }

    @TestFactory
    Stream<DynamicTest> aTextReadBackHasTheSameRules() {
        return CaptureCase.of("iptables-builder-state").map(row -> test(row, () -> {
            Loaded loaded = IptablesSave.parse(RestoreText.of(CommandForms.lines(row.json().path("ops_v4"))), Family.IPV4);
            row.expected().properties().forEach(table -> {
                Map<String, List<String>> chains = new TreeMap<>();
                loaded.table(table.getKey()).chains()
                        .forEach((name, rules) -> chains.put(name, rules.stream().map(rule -> rule.text()).toList()));
                Map<String, List<String>> expected = new TreeMap<>();
                table.getValue().properties().forEach(chain -> expected.put(chain.getKey(),
                        strings(chain.getValue()).stream().map(line -> line.replaceFirst("-[AI] \\S+ (\\d+ )?", "")).toList()));
                assertThat(chains).as(table.getKey()).isEqualTo(expected);
            });
        }));
    }

    @TestFactory
    Stream<DynamicTest> theBuilderForNftablesPlacesRulesAsThePeerDoes() {
        return CaptureCase.of("nftables-builder").map(row -> test(row, () -> {
            String table = row.json().path("table").asString();
            String chain = row.json().path("chain").asString();
            List<NftText.Line> lines = row.json().path("ops").valueStream().map(op -> op.path(0).asString().startsWith("insert")
                    ? new NftText.Line(chain, op.path(1).asInt() + 1, op.path(2).asString())
                    : new NftText.Line(chain, 0, op.path(1).asString())).toList();
            List<String> chains = new ArrayList<>();
            for (String command : NftText.additions(table, lines)) {
                String rule = command.replaceFirst("^\\w+ rule inet \\S+ \\S+ (index \\d+ )?", "");
                int index = command.startsWith("insert")
                        ? Integer.parseInt(command.replaceFirst(".* index (\\d+) .*", "$1"))
                        : chains.size();
                chains.add(index, "add rule inet " + table + " " + chain + " " + rule);
            }
            assertThat("add table inet " + table + "\nadd chain inet " + table + " " + chain + "\n" + String.join("\n", chains) + "\n")
                    .isEqualTo(row.expected().path("table_dump").asString());
        }));
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static DynamicTest test(CaptureCase row, Executable check) {
        return ConformanceReport.test(row.kind() + "/" + row.name(), "capture", check);
    }
}
