package dev.sidecarinjector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.plan.CapturePlanner;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Resolution;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A pod for tests; a variant of one is another.
 *
 * @param files by path; others cannot be read
 */
public record Pod(List<LocalAddress> addresses, Map<String, String> environment, Map<String, String> files, Map<String, Long> accounts) {
    /** With one IPv4 address and nothing else. */
    public static Pod plain() {
        return new Pod(List.of(), Map.of(), Map.of(), Map.of()).addresses("10.10.0.2");
    }

    /** With an IPv4 and an IPv6 address. */
    public static Pod dualStack() {
        return plain().addresses("10.10.0.2", "fd00:10::2");
    }

    /** Each address is of an interface of its own, in this order. */
    public Pod addresses(String... texts) {
        return new Pod(IntStream.range(0, texts.length).mapToObj(i -> new LocalAddress(i + 1, texts[i])).toList(), environment, files,
                accounts);
    }

    public Pod environment(String name, String value) {
        return new Pod(addresses, with(environment, name, value), files, accounts);
    }

    public Pod file(String path, String text) {
        return new Pod(addresses, environment, with(files, path, text), accounts);
    }

    public Pod account(String name, long number) {
        return new Pod(addresses, environment, files, with(accounts, name, number));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
        Map<String, T> more = new java.util.HashMap<>(map);
        more.put(name, value);
        return more;
    }

    /** Settings and their values, in turn. */
    public Resolution resolve(Object... settingsAndValues) {
        Map<Setting, List<String>> commandLine = new EnumMap<>(Setting.class);
        for (int i = 0; i < settingsAndValues.length; i += 2) {
            commandLine.put((Setting) settingsAndValues[i], List.of((String) settingsAndValues[i + 1]));
        }
        return CaptureSettings.resolve(commandLine, environment, new Surroundings(addresses,
                name -> accounts.containsKey(name) ? OptionalLong.of(accounts.get(name)) : OptionalLong.empty(),
                path -> files.containsKey(path)
                        ? new TextFile.Content(files.get(path))
                        : new TextFile.Unreadable("no such file or directory")));
    }

    public Resolution.Resolved resolved(Object... settingsAndValues) {
        Resolution resolution = resolve(settingsAndValues);
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return (Resolution.Resolved) resolution;
    }

    /** What is wrong, in lines. */
    public List<String> problems(Object... settingsAndValues) {
        Resolution resolution = resolve(settingsAndValues);
        assertThat(resolution).isInstanceOf(Resolution.Rejected.class);
        return ((Resolution.Rejected) resolution).problems().stream().map(problem -> problem.text()).toList();
    }

    public List<String> warnings(Object... settingsAndValues) {
        return resolved(settingsAndValues).warnings().stream().map(warning -> warning.text()).toList();
    }

    public RuleSet plan(Object... settingsAndValues) {
        return CapturePlanner.plan(resolved(settingsAndValues).settings());
    }
}
