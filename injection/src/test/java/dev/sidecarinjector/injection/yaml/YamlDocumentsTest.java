package dev.sidecarinjector.injection.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentsTest {
    /** Documents as line:text, joined by "; "; ¶ is a line feed, ‹ a carriage return. */
    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"`` → ``", "a → 1:a", "a¶---¶b¶ → 1:a¶; 3:b¶",
            "---¶a¶---¶b → 1:---¶a¶; 4:b",
            "a¶---¶---¶b¶ → 1:a¶; 3:---¶b¶", "a¶--- # c¶b → 1:a¶; 3:b", "a¶---  ¶b → 1:a¶; 3:b", "a‹¶---‹¶b‹¶ → 1:a‹¶; 3:b‹¶",
            "---¶ → 1:---¶",
            "--- → 1:---", "a¶--- → 1:a¶", "a¶---- → 1:a¶!", "¶---¶a → 1:¶; 3:a", "a¶ ---¶b → 1:a¶ ---¶b", "\ufeff---¶a → 1:\ufeff---¶a"})
    void aStreamIsSplitAtLinesOfThreeDashes(String stream, String documents) throws IOException {
        String text = stream.replace('¶', '\n').replace('‹', '\r');
        if (documents.endsWith("!")) {
            assertThatThrownBy(() -> split(text)).isInstanceOf(YamlException.class)
                    .hasMessageContaining("invalid Yaml document separator: -");
        } else {
            assertThat(String.join("; ", split(text)).replace('\n', '¶').replace('\r', '‹')).isEqualTo(documents);
        }
    }

    @Test
    void longStreamsAreSplitLikeShortOnes() throws IOException {
        Random random = new Random(5);
        StringBuilder stream = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int line = 1;
        for (int i = 0; i < 500; i++) {
            String document = "k: v\n".repeat(1 + (i % 50 == 0 ? 40_000 : random.nextInt(3000)));
            expected.add(line + ":" + document);
            stream.append(document).append("---\n");
            line += document.length() / 5 + 1;
        }
        assertThat(split(stream.toString())).isEqualTo(expected);
    }

    @Test
    void aDocumentErrorCountsLinesFromTheStartOfTheStream() throws IOException {
        YamlDocuments documents = new YamlDocuments(bytes("a: b\n---\nc: [\n---\n"));
        documents.next();
        YamlDocument broken = documents.next();
        assertThat(broken).isNotNull();
        assertThatThrownBy(broken::read).isInstanceOfSatisfying(YamlException.class, e -> assertThat(e.line()).isEqualTo(4));
    }

    @Test
    void whatIsNotUtf8IsNamed() throws IOException {
        YamlDocument document = new YamlDocuments(new ByteArrayInputStream(new byte[]{'a', ':', '\n', ' ', (byte) 0xfe, '\n'})).next();
        assertThat(document).isNotNull();
        assertThatThrownBy(document::read).hasMessageContaining("0xfe").isInstanceOfSatisfying(YamlException.class,
                e -> assertThat(e.line() + ":" + e.column()).isEqualTo("2:2"));
    }

    @Test
    void aByteOrderMarkIsNoContent() throws IOException {
        YamlDocument document = new YamlDocuments(bytes("\ufeffkind: Pod\n")).next();
        assertThat(document).isNotNull();
        assertThat(document.read()).hasToString("{\"kind\":\"Pod\"}");
    }

    private static List<String> split(String text) throws IOException {
        YamlDocuments documents = new YamlDocuments(bytes(text));
        List<String> found = new ArrayList<>();
        for (YamlDocument next = documents.next(); next != null; next = documents.next()) {
            found.add(next.firstLine() + ":" + new String(next.bytes(), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
