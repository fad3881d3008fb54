package dev.sidecarinjector.gotemplate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.gotemplate.Limits;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.gotemplate.TemplateException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No function loses sight of the text that the author of the input controls. */
class SprigOriginTest {
    private static final Origin AUTHOR = new Origin("the author");
    private static final char SNOWMAN = '\u2603';
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s*:)?");

    /** The output with brackets around what the author controls: square ones, or round ones if it is one encoded token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            upper .a                                  | [X,Y: Z]
            trunc 2 .a                                | [x,]
            default .a ""                             | [x,y: z]
            default "d" .a                            | [x,y: z]
            printf "%s!" .a                           | [x,y: z!]
            quote .a                                  | ("x,y: z")
            squote .a                                 | ['x,y: z']
            toJson (list 1 .a)                        | ([1,"x,y: z"])
            b64enc .a                                 | (eCx5OiB6)
            sha1sum .a                                | (058f591a219c4d6827f8975a60681d5cff431079)
            b64dec (b64enc .a)                        | [x,y: z]
            join "-" (list "t" .a)                    | [t-x,y: z]
            first (splitList "," .a)                  | [x]
            (split "," .a)._1                         | [y: z]
            last (append (list "t") .a)               | [x,y: z]
            first (append (list "t") .a)              | t
            get (dict "k" .a) "k"                     | [x,y: z]
            first (keys (dict .a 1))                  | [x,y: z]
            range $k, $v := dict .a 1 }}{{ $k }}{{ end| [x,y: z]
            range $k, $v := set (dict) .a 1 }}{{ $k }}{{ end| [x,y: z]
            (merge (dict "a" 1) (dict "b" .a)).b      | [x,y: z]
            index (fromJson .j) "k: k"                | [v]
            range $k, $v := fromJson .j }}{{ $k }}{{ end| [k: k]
            range $k, $v := merge (dict) (fromJson .j) }}{{ $k }}{{ end| [k: k]
            (urlParse .u).host                        | [h]
            urlJoin (urlParse .u)                     | [http://h/p]
            regexReplaceAll "x" .a "-"                | [-,y: z]
            regexReplaceAll "t" "text" .a             | [x,y: zexx,y: z]
            first (regexFindAll "[a-z]" .a 1)         | [x]
            ternary .a "t" true                       | [x,y: z]
            int .n                                    | 12
            add .n 1                                  | 13
            contains "x" .a                           | true
            len .a                                    | 6
            """)
    void functionsMarkWhatTheyMakeOfInput(String expression, String expected) {
        Map<String, Object> data = Map.of("a", marked("x,y: z"), "j", marked("{\"k: k\":\"v\"}"), "u", marked("http://h/p"), "n",
                marked("12"));
        Rendered rendered = Template.parse("t", "{{ " + expression + " }}", Map.of()).render(data, Limits.DEFAULT);
        assertThat(bracketed(rendered)).isEqualTo(expected);
    }

    private static OriginText marked(String text) {
        return new OriginText(text, AUTHOR);
    }

    private static String bracketed(Rendered rendered) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Rendered.Span span : rendered.spans()) {
            out.append(rendered.text(), at, span.start()).append(span.encoded() ? '(' : '[');
            out.append(rendered.text(), span.start(), span.end()).append(span.encoded() ? ')' : ']');
            at = span.end();
        }
        return out.append(rendered.text(), at, rendered.text().length()).toString();
    }

    /** All strings of the document hold a snowman; wherever one comes out, it is in a marked range. */
    @Test
    void randomTemplatesMarkAllTextOfTheAuthor() throws IOException {
        String values = STRING.matcher(TestFiles.text("values.json"))
                .replaceAll(string -> Matcher
                        .quoteReplacement(string.group(2) == null ? '"' + string.group(1) + SNOWMAN + '"' : string.group()));
        int seen = 0;
        for (int seed = 10_000; seed < 13_000; seed++) {
            TemplateGenerator.Case template = new TemplateGenerator(seed).next();
            String text = "{{ define \"case\" }}" + template.body() + "{{ end }}" + template.defines()
                    + "{{ template \"case\" (mustFromJson .) }}";
            Rendered plain = render(text, values);
            Rendered marked = render(text, marked(values));
            if (plain == null || marked == null) {
                assertThat(marked).as(template.text()).isEqualTo(plain);
                continue;
            }
            assertThat(marked.text()).as(template.text()).isEqualTo(plain.text());
            assertThat(unmarked(marked)).as(template.text()).doesNotContain(Character.toString(SNOWMAN));
            seen += marked.text().indexOf(SNOWMAN) >= 0 ? 1 : 0;
        }
        assertThat(seen).as("templates that print text of the author").isGreaterThan(300);
    }

    private static @Nullable Rendered render(String template, Object data) {
        try {
            return Template.parse("main", template, Map.of()).render(data, Limits.DEFAULT);
        } catch (TemplateException _) {
            return null;
        }
    }

    private static String unmarked(Rendered rendered) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Rendered.Span span : rendered.spans()) {
            out.append(rendered.text(), at, span.start());
            at = span.end();
        }
        return out.append(rendered.text().substring(at)).toString();
    }
}
