package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations and what the kernel has to hold then, written by hand: tables of IPv4, then of IPv6, chains by their names. */
class GoldensKernelTest extends KernelTest {
    /** A file: the command line, perhaps variables, and the rules. */
    private record Golden(List<String> arguments, Map<String, String> variables, List<String> rules) {
        static Golden read(String name) throws IOException {
            List<String> lines;
            try (InputStream file = GoldensKernelTest.class.getResourceAsStream(name + ".golden")) {
                lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            }
            return new Golden(List.of(lines.getFirst().replace("arguments: ", "").split(" ", -1)),
                    lines.stream().filter(line -> line.matches("[A-Z_]+: .*"))
                            .collect(Collectors.toMap(line -> line.split(": ", 2)[0], line -> line.split(": ", 2)[1])),
                    lines.stream().skip(1).filter(line -> !line.matches("[A-Z_]+: .*")).toList());
        }
    }

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @ParameterizedTest
    @CsvSource({"usual,LEGACY", "usual,NFT", "tproxy-dual-stack,LEGACY", "tproxy-dual-stack,NFT", "dns-virtual-machines,LEGACY",
            "dns-virtual-machines,NFT"})
    void whatIptablesSavesIsWhatIsWritten(String name, Way way) throws IOException {
        Golden golden = load(name, way);
        assertThat(pod.rules(way).lines().filter(line -> line.startsWith("*") || line.startsWith("-A"))).isEqualTo(golden.rules());
    }

    /** The base chains' hooks and priorities besides. */
    @Test
    void whatNftListsIsWhatIsWritten() throws IOException {
        Golden golden = load("usual.native", Way.NATIVE);
        List<String> rules = new ArrayList<>();
        List<String> hooks = new ArrayList<>();
        String table = "";
        String chain = "";
        for (String line : pod.rules(Way.NATIVE).lines().map(String::strip).toList()) {
            if (line.startsWith("table ")) {
                table = line.replaceAll("table inet istio-proxy-| \\{", "");
            } else if (line.startsWith("chain ")) {
                chain = line.replaceAll("chain | \\{", "");
            } else if (line.startsWith("type ")) {
                hooks.add(table + " " + line);
            } else if (!line.isEmpty() && !line.equals("}")) {
                rules.add(table + " " + chain + ": " + line);
            }
        }
        assertThat(rules).isEqualTo(golden.rules());
        assertThat(hooks).containsExactly("nat type nat hook prerouting priority dstnat; policy accept;",
                "nat type nat hook output priority -100; policy accept;",
                "mangle type filter hook prerouting priority mangle; policy accept;",
                "raw type filter hook prerouting priority raw; policy accept;", "raw type filter hook output priority raw; policy accept;");
    }

    private static Golden load(String name, Way way) throws IOException {
        Golden golden = Golden.read(name);
        List<String> words = new ArrayList<>(golden.arguments());
        words.add(way.flag());
        pod.run(golden.variables(), words).succeeded();
        return golden;
    }
}
