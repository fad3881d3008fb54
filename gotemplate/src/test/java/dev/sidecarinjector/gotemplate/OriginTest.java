package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ranges of the output the author of the input controls. */
class OriginTest {
    private static final Origin A = new Origin("annotation \"a\"");
    private static final Origin B = new Origin("annotation \"b\"");
    private static final Origin KEYS = new Origin("keys");

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "shout", call -> call.string(0) + "!",
            "split", call -> List.of((Object[]) call.string(0).split("")),
            "object", call -> Map.of("k" + call.string(0), Map.of("deep", call.string(0))),
            "json", OriginTest::json,
            "pass", call -> call.argument(0),
            "constant", call -> "constant",
            "both", call -> call.string(0) + call.string(1),
            "whole", OriginTest::whole,
            "size", call -> call.string(0).length());

    private static Object json(Call call) {
        call.markEncoded();
        return "\"" + call.string(0) + "\"";
    }

    private static Object whole(Call call) {
        call.touchAll(call.argument(0));
        return "1";
    }

    private static Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("a", new OriginText("va", A));
        data.put("b", new OriginText("vb", B));
        data.put("none", new OriginText("", A));
        data.put("own", "ours");
        data.put("n", 5L);
        data.put("list", List.of("x", new OriginText("va", A)));
        data.put("port", new Port());
        data.put("record", new Pair("x", new OriginText("vb", B)));
        data.put("labels", new UserMap(Map.of("k", new OriginText("vb", B))));
        return data;
    }

    /** A map with keys of the user. */
    private static final class UserMap extends TreeMap<String, Object> implements OriginMap, StringMap {
        private static final long serialVersionUID = 1L;

        UserMap(Map<String, Object> entries) {
            super(entries);
        }

        @Override
        public Origin origin() {
            return KEYS;
        }
    }

    record Pair(String left, OriginText right) {}

    /** A struct with text of the user, which prints as that text. */
    private static final class Port implements GoStruct, Stringer, OriginMap {
        @Override
        public Object member(String name) {
            return NO_SUCH_MEMBER;
        }

        @Override
        public String goType() {
            return "intstr.IntOrString";
        }

        @Override
        public String goString() {
            return "http";
        }

        @Override
        public Origin origin() {
            return A;
        }
    }

    /** The output with each span in brackets and the last word of its origin behind it; an exclamation mark says that it is encoded. */
    private static String marked(String text, Map<String, Function> functions) {
        Rendered rendered = Template.parse("t", text, functions).render(data(), Limits.DEFAULT);
        StringBuilder out = new StringBuilder();
        int end = 0;
        for (Rendered.Span span : rendered.spans()) {
            out.append(rendered.text(), end, span.start()).append('[').append(rendered.text(), span.start(), span.end()).append(']');
            out.append(span.encoded() ? "!" : "").append(span.origin().description().replaceAll("annotation |\"|, ", ""));
            end = span.end();
        }
        return out.append(rendered.text().substring(end)).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', quoteCharacter = '^', value = {
            "x{{.a}}y                                        ¦ x[va]ay",
            "{{.a}}{{.b}}                                    ¦ [va]a[vb]b",
            "{{.none}}-                                      ¦ []a-",
            "{{.own}}{{.n}}{{true}}{{.missing}}              ¦ ours5true<no value>",
            "{{$x := .a}}{{$x}}                              ¦ [va]a",
            "{{or .missing .a}}                              ¦ [va]a",
            "{{with .a}}{{.}}{{end}}                         ¦ [va]a",
            "{{if .a}}text{{end}}                            ¦ text",
            "{{eq .a ^^va^^}}{{len .a}}{{size .a}}           ¦ true22",
            "{{shout .a}}                                    ¦ [va!]a",
            "{{shout .own}}                                  ¦ ours!",
            "{{both .a .b}}                                  ¦ [vavb]ab",
            "{{both .a .a}}                                  ¦ [vava]a",
            "{{both .own .b}}                                ¦ [oursvb]b",
            "{{constant .a}}                                 ¦ constant",
            "{{pass .a}}{{pass .own}}                        ¦ [va]aours",
            "{{json .a}}                                     ¦ [\"va\"]!a",
            "{{json .own}}                                   ¦ \"ours\"",
            "{{shout (json .a)}}                             ¦ [\"va\"!]a",
            "{{range split .a}}{{.}},{{end}}                 ¦ [v]a,[a]a,",
            "{{range $k, $v := object .a}}{{$k}}{{$v.deep}}{{end}} ¦ [kva]a[va]a",
            "{{(object .a).kva.deep}}                        ¦ [va]a",
            "{{range $k, $v := .labels}}{{$k}}={{$v}}{{end}} ¦ [k]keys=[vb]b",
            "{{range .labels}}{{.}}{{end}}                   ¦ [vb]b",
            "{{.labels.k}}{{index .labels ^^k^^}}            ¦ [vb]b[vb]b",
            "{{.labels}}                                     ¦ [map[k:vb]]keysb",
            "{{.list}}                                       ¦ [[x va]]a",
            "{{print .list}}                                 ¦ [[x va]]a",
            "{{index .list 0}}{{index .list 1}}              ¦ x[va]a",
            "{{slice .a 0 1}}{{slice (json .a) 0 2}}         ¦ [v]a[\"v]a",
            "{{slice .list 1}}                               ¦ [[va]]a",
            "{{print .a}}{{print .own}}{{print .a .b}}       ¦ [va]aours[vavb]ab",
            "{{print (json .a)}}{{printf ^^%s^^ (json .a)}}  ¦ [\"va\"]!a[\"va\"]!a",
            "{{printf ^^%s:%d^^ .a 5}}                       ¦ [va:5]a",
            "{{printf ^^%d^^ 5}}{{printf ^^%q^^ .a}}         ¦ 5[\"va\"]a",
            "{{printf .a}}                                   ¦ [va]a",
            "{{html .a}}{{js .a}}{{urlquery .a .own}}        ¦ [va]a[va]a[vaours]a",
            "{{println .own}}                                ¦ ^ours\n^",
            "{{define ^^d^^}}<{{.}}>{{end}}{{template ^^d^^ .a}} ¦ <[va]a>",
            "{{.port}}{{print .port}}{{printf ^^%s^^ .port}} ¦ [http]a[http]a[http]a",
            "{{whole .port}}{{whole .list}}{{whole .record}}{{whole .own}} ¦ [1]a[1]a[1]b1",
            "{{.record}}{{.record.Right}}{{.record.Left}}    ¦ [{x vb}]b[vb]bx",
            "{{and .a .b | shout}}                           ¦ [vb!]b"})
    void marksWhatComesFromInputValues(String template, String expected) {
        Map<String, Function> withoutSprig = new HashMap<>(FUNCTIONS);
        withoutSprig.put("slice", call -> Builtin.SLICE.apply(call.arguments().toArray()));
        assertThat(marked(template.replace("^^", "\""), withoutSprig)).isEqualTo(expected);
    }

    @Test
    void saysInWhichLineTheActionStands() {
        Rendered rendered = Template.parse("t", "{{.own}}\n\n{{.a}} {{define \"d\"}}\n{{.}}{{end}}{{template \"d\" .b}}", Map.of())
                .render(data(), Limits.DEFAULT);
        assertThat(rendered.spans().stream().map(Rendered.Span::line).collect(Collectors.toList())).containsExactly(3, 4);
    }
}
