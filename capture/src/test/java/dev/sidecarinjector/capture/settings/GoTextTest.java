package dev.sidecarinjector.capture.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTextTest {
    @ParameterizedTest
    @CsvSource({"15002,15002", "0x3a9a,15002", "0X3A9A,15002", "0b101,5", "0o17,15", "017,15", "15_002,15002", "0x_3a_9a,15002", "0,0",
            "65535,65535",
            "65536,-2", "0x10000,-2", "'',-1", "-1,-1", "+1,-1", "1__0,-1", "_1,-1", "1_,-1", "08,-1", "0x,-1", "1.0,-1", "' 1',-1",
            "99999999999999999999,-2",
            "00,0", "0_7,7"})
    void numbersAreReadAsInGo(String text, int value) {
        assertThat(GoText.uint16(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"5s,5000000000", "1m30s,90000000000", "500ms,500000000", "1.5h,5400000000000", "0,0", "-1.5s,-1500000000", "+5s,5000000000",
            ".5s,500000000", "1.s,1000000000", "3us,3000", "3µs,3000", "3μs,3000", "7ns,7", "1h1m1s,3661000000000",
            "2562047h,9223369200000000000"})
    void durationsAreReadAsInGo(String text, long nanos) {
        assertThat(GoText.duration(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", ".s", "5 s", "5S", "1d", "--5s", "5s5", "2562048h", "-"})
    void whatIsNoDurationInGoIsNone(String text) {
        assertThat(GoText.duration(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,true", "t,true", "T,true", "TRUE,true", "true,true", "True,true", "0,false", "f,false", "F,false", "FALSE,false",
            "false,false",
            "False,false", "yes,", "on,", "'',", "tRUE,", "auto,"})
    void switchesAreReadAsInGo(String text, Boolean value) {
        assertThat(GoText.bool(text)).isEqualTo(value);
    }
}
