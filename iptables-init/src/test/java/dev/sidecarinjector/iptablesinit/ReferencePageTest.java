package dev.sidecarinjector.iptablesinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flag, variable and command is in the documentation, and in the help, as it is in the program's tables. */
class ReferencePageTest {
    private static final Path FILE = Path.of(System.getProperty("project.root", ".."), "docs", "reference", "iptables-init.md");

    @Test
    void thePageShowsTheProgramAsItIs() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(FILE, expected);
        }
        assertThat(FILE).exists();
        assertThat(Files.readString(FILE)).as("%s, to be renewed as its first line says", FILE).isEqualTo(expected);
    }

    @Test
    void theHelpNamesEverySettingAndCommand() {
        String help = printed("--help");
        for (Setting setting : Setting.values()) {
            assertThat(inOneLine(help)).contains(setting.flag() == null ? setting.variables().getFirst() + " " : "--" + setting.flag(),
                    setting.help());
        }
        for (Subcommand command : Subcommand.values()) {
            assertThat(help).contains("\n  " + command.word() + " ");
            assertThat(inOneLine(help)).contains(command.summary());
        }
        assertThat(help.lines()).allMatch(line -> line.length() <= 120).containsOnlyOnce("Environment:");
        assertThat(printed("istio-iptables", "-h")).isEqualTo(help);
    }

    @ParameterizedTest
    @EnumSource
    void aCommandHelpsWithItself(Subcommand command) {
        String help = printed(command.word(), "--help");
        assertThat(inOneLine(help)).contains(command.summary(), command.example(), "--output", "--istio-service-cidr");
        assertThat(help.lines()).containsOnlyOnce("Environment:").containsOnlyOnce("Flags:").containsOnlyOnce("Usage:");
        assertThat(Subcommand.named(command.word())).isEqualTo(command);
    }

    private static String inOneLine(String help) {
        return help.replaceAll("\\s+", " ");
    }

    private static String printed(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(IptablesInit.run(words, Map.of(), out, err)).isZero();
        assertThat(err.size()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("<!-- Made of the program's own tables. Renew it with: ./mvnw -pl iptables-init -am test"
                + " -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true -->\n\n# iptables-init\n\n");
        page.append(CommandTree.SUMMARY)
                .append("\n\n```\niptables-init [istio-iptables] [flags]\niptables-init COMMAND [flags] [--output text|json]\n```\n\n");
        page.append(
                "The grammar of flags is that of Go programs: `-p 15001`, `-p15001`, `--envoy-port=15001`; the last of several counts; words that"
                        + " belong to no flag have no meaning. A flag wins over its variables, of which the first that is set wins. Lists are separated by"
                        + " commas. Pictures and examples: [capture](../capture.md).\n\n");
        statuses(page, CommandTree.STATUSES);
        table(page, "Flags", Stream.of(Setting.values()).filter(setting -> setting.flag() != null && !setting.isAddition()).toList());
        table(page, "Flags that the reference implementation does not have",
                Stream.of(Setting.values()).filter(Setting::isAddition).toList());
        table(page, "Variables without a flag", Stream.of(Setting.values()).filter(setting -> setting.flag() == null).toList());
        page.append(
                "## Commands\n\nEach takes the flags and variables above, and `--output text|json`. A command's name is one only as the first"
                        + " word.\n\n");
        for (Subcommand command : Subcommand.values()) {
            page.append("### iptables-init ").append(command.word()).append("\n\n").append(command.summary()).append("\n\n    ")
                    .append(command.example()).append("\n\n");
            statuses(page, command.statuses());
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void statuses(StringBuilder page, List<String> statuses) {
        page.append("| exit status | meaning |\n|---|---|\n");
        statuses.forEach(status -> page.append("| ").append(status.replaceFirst(" +", " | ")).append(" |\n"));
        page.append('\n');
    }

    private static void table(StringBuilder page, String heading, List<Setting> settings) {
        page.append("## ").append(heading).append("\n\n| name | variables | default | meaning |\n|---|---|---|---|\n");
        for (Setting setting : settings) {
            String name = setting.label().replace(", ", "`, `");
            page.append("| `").append(name).append("` | ").append(setting.flag() == null
                    ? ""
                    : setting.variables().stream().map(variable -> "`" + variable + "`").collect(Collectors.joining(", ")));
            page.append(" | ").append(setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`").append(" | ")
                    .append(setting.help().replace("|", "\\|")).append(" |\n");
        }
        page.append('\n');
    }
}
