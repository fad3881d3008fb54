package dev.sidecarinjector.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Warning;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API server's bounds of AdmissionResponse.warnings. */
class WarningLinesTest {
    @Test
    void aShortWarningStaysAsItIs() {
        assertThat(WarningLines.of(List.of(new Warning("is odd", "annotation x", "remove it"))))
                .containsExactly("annotation x: is odd; remove it");
    }

    @Test
    void aLongOneEndsWithAnEllipsis() {
        List<String> lines = WarningLines.of(List.of(new Warning("a".repeat(400), "x", "y")));
        assertThat(lines.getFirst()).hasSize(WarningLines.LONGEST).endsWith("a…");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        for (int shift = 0; shift < 2; shift++) {
            String line = WarningLines.of(List.of(new Warning("b".repeat(shift) + "😀".repeat(200), "x", "y"))).getFirst();
            assertThat(line.length()).isLessThanOrEqualTo(WarningLines.LONGEST);
            assertThat(line.charAt(line.length() - 2)).satisfies(c -> assertThat(Character.isHighSurrogate(c)).isFalse());
        }
    }

    @Test
    void controlCharactersCannotReachTheHeader() {
        assertThat(WarningLines.of(List.of(new Warning("a\r\nSet-Cookie: b\0", "x", "y")))).containsExactly("x: a  Set-Cookie: b ; y");
    }

    @Test
    void manyWarningsStayWithinTheSumAndSayHowManyAreMissing() {
        List<String> lines = WarningLines.of(Collections.nCopies(100, new Warning("c".repeat(200), "x", "y")));
        assertThat(lines.stream().mapToInt(String::length).sum()).isBetween(3800, WarningLines.TOGETHER);
        assertThat(lines.getLast()).startsWith((100 - lines.size() + 1) + " more warnings");
    }
}
