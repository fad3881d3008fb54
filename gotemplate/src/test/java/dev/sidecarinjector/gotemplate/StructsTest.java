package dev.sidecarinjector.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structs and records as templates see them: fields, methods without and with arguments. */
class StructsTest {
    record Person(String name, int age, @Nullable Person friend) {
        public String greet(String greeting) {
            return greeting + ", " + name;
        }

        @SuppressWarnings("unused")
        private String secret() {
            return "hidden";
        }
    }

    private static final class Pod implements GoStruct {
        @Override
        public @Nullable Object member(String name) {
            return switch (name) {
                case "Name" -> "web";
                case "Labels" -> Map.of("app", "x");
                case "Spec" -> null;
                case "GetMode" -> (Function) call -> "mode" + call.size();
                case "Join" -> (Function) call -> call.string(0) + call.string(1);
                default -> NO_SUCH_MEMBER;
            };
        }

        @Override
        public String goType() {
            return "v1.Pod";
        }

        @Override
        public String toString() {
            return "{web}";
        }
    }

    private static String render(String text) {
        Person friend = new Person("Bo", 7, null);
        return Template.parse("t", text, Map.of())
                .render(Map.of("p", new Person("Al", 9, friend), "pod", new Pod(), "list", List.of(friend)),
                        Limits.DEFAULT)
                .text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', value = {
            "{{.pod.Name}}                        ¦ web",
            "{{.pod.Labels.app}}{{.pod.Labels.no}} ¦ x<no value>",
            "{{.pod.GetMode}}                     ¦ mode0",
            "{{print .pod.GetMode}}               ¦ mode0",
            "{{.pod.GetMode 1 2}}                 ¦ mode2",
            "{{.pod.Join \"a\" \"b\"}}            ¦ ab",
            "{{\"b\" | .pod.Join \"a\"}}          ¦ ab",
            "{{$p := .pod}}{{$p.Join \"a\" \"b\"}} ¦ ab",
            "{{(.pod).Join \"a\" \"b\"}}          ¦ ab",
            "{{.pod}} {{printf \"%T\" .pod}}      ¦ {web} v1.Pod",
            "{{if .pod}}yes{{end}}                ¦ yes",
            "{{.p.Name}} {{.p.name}} {{.p.Age}}   ¦ Al Al 9",
            "{{.p.Friend.Name}} {{.p.friend.age}} ¦ Bo 7",
            "{{.p.Greet \"Hi\"}}                  ¦ Hi, Al",
            "{{.p.Friend}}                        ¦ {Bo 7 <nil>}",
            "{{printf \"%+v\" .p.Friend}}         ¦ {Name:Bo Age:7 Friend:<nil>}",
            "{{range .list}}{{.Name}}{{end}}      ¦ Bo"})
    void readsMembers(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', value = {
            "{{.pod.Nope}}         ¦ can't evaluate field Nope in type v1.Pod",
            "{{.pod.Name.x}}       ¦ can't evaluate field x in type string",
            "{{.pod.Name 1}}       ¦ Name has arguments but cannot be invoked as function",
            "{{.pod.Labels.app 1}} ¦ app is not a method but has arguments",
            "{{.pod.Nope 1}}       ¦ can't evaluate field Nope in type v1.Pod",
            "{{.pod.Spec.x}}       ¦ nil pointer evaluating v1.Pod.Spec.x",
            "{{.pod.Join}}         ¦ 0",
            "{{.p.Nope}}           ¦ can't evaluate field Nope in type Person",
            "{{.p.Secret}}         ¦ can't evaluate field Secret in type Person",
            "{{.p.HashCode}}       ¦ can't evaluate field HashCode in type Person",
            "{{.p.Greet}}          ¦ can't evaluate field Greet in type Person",
            "{{.p.Greet 1}}        ¦ can't call Greet"})
    void refusesWhatIsNotThere(String template, String reason) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class).hasMessageContaining(reason);
    }

    @Test
    void aGetterOfAStructThatIsNotSetGivesNothing() {
        assertThat(render("{{if .pod.Spec}}set{{else}}unset{{end}} {{.pod.Spec}}")).isEqualTo("unset <no value>");
    }
}
