package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.plan.CapturePlanner;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A case of the folder {@code iptables}: a command line, an environment and a pod. */
record CaptureCase(JsonNode json) {
    private static final Path FOLDER = ConformanceData.FOLDER.resolve("iptables");

    static Stream<CaptureCase> of(String kind) {
        return file("cases.json").path("cases").valueStream().filter(json -> json.path("kind").asString().equals(kind))
                .map(CaptureCase::new);
    }

    static JsonNode file(String name) {
        try {
            return ConformanceData.JSON.readTree(Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return json.path("name").asString();
    }

    String kind() {
        return json.path("kind").asString();
    }

    JsonNode expected() {
        return json.path("expect");
    }

    /** An expected text; where the reference prints another spelling from its command line than from its tests, that one. */
    String expected(String member) {
        String text = expected().path(member).asString();
        for (Map.Entry<String, JsonNode> substitute : json.path("cli_substitute").properties()) {
            text = text.replace(substitute.getKey(), substitute.getValue().asString());
        }
        return text;
    }

    Resolution resolve() {
        return resolve(Tables.map(json.path("env")));
    }

    Resolution resolve(Map<String, String> environment) {
        List<String> arguments = json.path("argv").valueStream().skip(1).map(JsonNode::asString).toList();
        return resolve(arguments, environment, json.path("context").path("addresses"),
                json.path("context").path("resolv_conf").asString(""));
    }

    static Resolution resolve(List<String> arguments, Map<String, String> environment, JsonNode addresses, String resolvConf) {
        List<String> texts = addresses.valueStream().map(JsonNode::asString).toList();
        return CaptureSettings.resolve(commandLine(arguments), environment,
                new Surroundings(IntStream.range(0, texts.size()).mapToObj(index -> new LocalAddress(index + 1, texts.get(index))).toList(),
                        _ -> OptionalLong.empty(), _ -> new TextFile.Content(resolvConf)));
    }

    RuleSet plan() {
        return plan(Tables.map(json.path("env")));
    }

    RuleSet plan(Map<String, String> environment) {
        Resolution resolution = resolve(environment);
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return CapturePlanner.plan(((Resolution.Resolved) resolution).settings());
    }

    /** The forms of flags that the cases use; the program's own parser has tests of its own. */
    private static Map<Setting, List<String>> commandLine(List<String> arguments) {
        Map<Setting, List<String>> values = new EnumMap<>(Setting.class);
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            Setting setting = Arrays.stream(Setting.values())
                    .filter(candidate -> parts[0].equals("--" + candidate.flag()) || parts[0].equals("-" + candidate.letter())).findFirst()
                    .orElseThrow();
            String value;
            if (parts.length == 2) {
                value = parts[1];
            } else if (setting.kind().isSwitch()) {
                value = "true";
            } else {
                i++;
                value = arguments.get(i);
            }
            values.computeIfAbsent(setting, _ -> new ArrayList<>()).add(value);
        }
        return values;
    }
}
