package dev.sidecarinjector.iptablesinit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.iptablesinit.log.LogSettings.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Test
    void anEntryIsTimeLevelAndMessageWithTabsBetween() throws IOException {
        log(Map.of(), "2026-11-20T10:00:00.000123456Z").info("Applying iptables chains and rules");
        assertThat(stdout).hasToString("2026-11-20T10:00:00.000123Z\tinfo\tApplying iptables chains and rules\n");
    }

    @Test
    void smallNumbersOfATimeHaveTheirZeros() throws IOException {
        log(Map.of(), "2026-01-02T03:04:05Z").warn("é");
        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEqualTo("2026-01-02T03:04:05.000000Z\twarn\té\n");
    }

    @Test
    void aMessageOfSeveralLinesIsWrittenAsItIs() throws IOException {
        log(Map.of(), "2026-01-02T03:04:05Z").error("a\nb\tc \"d\"");
        assertThat(stdout).hasToString("2026-01-02T03:04:05.000000Z\terror\ta\nb\tc \"d\"\n");
    }

    @Test
    void inJsonAnEntryIsOneLine() throws IOException {
        log(Map.of(Setting.LOG_AS_JSON, List.of("T")), "2026-01-02T03:04:05.5Z").error("a\nb\tc \"d\" \\ \r\u0001\u001f é");
        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEqualTo(
                "{\"level\":\"error\",\"time\":\"2026-01-02T03:04:05.500000Z\",\"msg\":\"a\\nb\\tc \\\"d\\\" \\\\ \\r\\u0001\\u001f é\"}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"debug | debug info warn error", "default:debug | debug info warn error",
            "all:warn | warn error", "default:info | info warn error", "error | error", "none | -", "dns:debug | info warn error",
            "dns:debug,default:warn | warn error", "default:warn,dns:debug | warn error", "default:debug,all:error | error", "fatal | -"})
    void theLevelOfThisProgramDecidesWhatIsWritten(String levels, String written) throws IOException {
        Log log = log(Map.of(Setting.LOG_OUTPUT_LEVEL, List.of("none", levels)), "2026-01-02T03:04:05Z");
        log.debug("x");
        log.info("x");
        log.warn("x");
        log.error("x");
        assertThat(stdout.toString(StandardCharsets.UTF_8).lines().map(line -> line.split("\t", -1)[1])).containsExactly(
                written == null ? new String[0] : written.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loud", "default:", "default:loud", "dns:loud,default:info", "default:info,", "DEBUG"})
    void aLevelThatDoesNotExistIsNamed(String levels) {
        assertThat(LogSettings.of(Map.of(Setting.LOG_OUTPUT_LEVEL, List.of(levels)))).isInstanceOfSatisfying(Outcome.Wrong.class,
                wrong -> assertThat(wrong.message()).contains("'" + levels + "'", "--log_output_level", "warn"));
    }

    @Test
    void everyTargetGetsEveryEntry(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "before\n");
        log(Map.of(Setting.LOG_TARGET, List.of("stderr", file.toString())), "2026-01-02T03:04:05Z").info("x");
        assertThat(stdout.size()).isZero();
        assertThat(stderr).hasToString("2026-01-02T03:04:05.000000Z\tinfo\tx\n");
        assertThat(file).hasContent("before\n2026-01-02T03:04:05.000000Z\tinfo\tx\n");
    }

    @Test
    void aTargetThatCannotBeWrittenIsAnError(@TempDir Path folder) {
        assertThatThrownBy(() -> log(Map.of(Setting.LOG_TARGET, List.of(folder.resolve("no/log").toString())), "2026-01-02T03:04:05Z"))
                .isInstanceOf(FileNotFoundException.class).hasMessageContaining("no/log");
    }

    private Log log(Map<Setting, List<String>> flags, String time) throws IOException {
        LogSettings settings = ((Outcome.Read) LogSettings.of(flags)).settings();
        return Log.open(settings, stdout, stderr, InstantSource.fixed(Instant.parse(time)));
    }
}
