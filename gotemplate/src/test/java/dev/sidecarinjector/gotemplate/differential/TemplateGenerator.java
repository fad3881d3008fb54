package dev.sidecarinjector.gotemplate.differential;

import java.util.List;
import java.util.Random;

/** Random templates over the values document; the same seed gives the same template. About one argument in fifteen has a wrong type. */
final class TemplateGenerator {
    private final Random random;
    private final StringBuilder defines = new StringBuilder();
    private int variables;
    private int templates;
    private boolean inLoop;

    TemplateGenerator(long seed) {
        this.random = new Random(seed);
    }

    /**
     * A template.
     *
     * @param defines top-level definitions
     * @param body    the rest
     */
    record Case(String defines, String body) {
        String text() {
            return defines + body;
        }
    }

    Case next() {
        StringBuilder body = new StringBuilder();
        boolean expressionOnly = chance(60);
        int statements = expressionOnly ? 1 : 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            body.append(expressionOnly ? "{{ " + pipeline() + " }}" : statement(2));
        }
        return new Case(defines.toString(), body.toString());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private String statement(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 4)) {
            case 0 -> pick(List.of("text ", "\n  indented\n", "a\tb", " \n ", "{ }", "<&>"));
            case 1 -> open() + pipeline() + close();
            case 2 -> open() + "/* note */" + close();
            case 3 -> "[{{ " + pipeline() + " }}]";
            case 4, 5 -> condition(depth - 1);
            case 6 -> open() + "with " + pipeline() + close() + statement(0) + "{{ . }}"
                    + (chance(40) ? "{{ else }}" + statement(depth - 1) : "") + "{{ end }}";
            case 7, 8 -> loop(depth - 1);
            case 9 -> variable(depth - 1);
            case 10 -> defined(depth - 1);
            default -> statement(depth - 1) + statement(depth - 1);
        };
    }

    private String open() {
        return chance(20) ? "{{- " : "{{ ";
    }

    private String close() {
        return chance(20) ? " -}}" : " }}";
    }

    private String condition(int depth) {
        String text = open() + "if " + (chance(30) ? argument('b', 1) : pipeline()) + close() + statement(depth);
        if (chance(30)) {
            text += "{{ else if " + argument('b', 1) + " }}" + statement(0);
        }
        return text + (chance(50) ? "{{ else }}" + statement(depth) : "") + open() + "end" + close();
    }

    private String loop(int depth) {
        String over = chance(15) ? "3" : argument(chance(60) ? 'L' : chance(80) ? 'D' : 'A', 1);
        boolean outer = inLoop;
        inLoop = true;
        String head = pick(List.of("range ", "range $v := ", "range $k, $v := "));
        String inside = head.contains("$k") ? "{{ $k }}={{ $v }};" : head.contains("$v") ? "{{ $v }}," : "{{ . }},";
        String jump = chance(15) ? "{{ if eq (printf \"%v\" .) \"a\" }}{{ " + (chance(50) ? "break" : "continue") + " }}{{ end }}" : "";
        String text = open() + head + over + close() + jump + inside + (chance(30) ? statementOnRoot(depth) : "");
        inLoop = outer;
        return text + (chance(30) ? "{{ else }}none" : "") + open() + "end" + close();
    }

    /** A statement where dot is not the document. */
    private String statementOnRoot(int depth) {
        return "{{ with $ }}" + statement(depth) + "{{ end }}";
    }

    private String variable(int depth) {
        String name = "$v" + variables++;
        String text = open() + name + " := " + pipeline() + close();
        if (chance(50)) {
            text += "{{ if " + argument('b', 1) + " }}{{ " + name + " = " + pipeline() + " }}{{ end }}";
        }
        return text + statement(depth) + "{{ " + name + " }}" + (chance(20) ? "{{ " + name + ".x }}" : "");
    }

    private String defined(int depth) {
        String name = "t" + templates++;
        defines.append("{{ define \"").append(name).append("\" }}<").append(chance(50) ? "{{ . }}" : "{{ $ | printf \"%v\" }}")
                .append(">{{ end }}");
        return "{{ template \"" + name + "\" " + pipeline() + " }}" + statement(depth);
    }

    private String pipeline() {
        Signature last = pick(Signature.ALL);
        String text = call(last, 2);
        int stages = random.nextInt(3);
        for (int i = 0; i < stages; i++) {
            char result = last.result();
            List<Signature> fitting = Signature.ALL.stream().filter(s -> s.takesLast(result)).toList();
            last = pick(chance(94) ? fitting : Signature.ALL.stream().filter(s -> s.takesLast('A')).toList());
            text += " | " + call(last.withoutLast(), 1);
        }
        return text;
    }

    private String call(Signature signature, int depth) {
        StringBuilder text = new StringBuilder(signature.name());
        for (char kind : signature.parameters().toCharArray()) {
            text.append(' ').append(Signature.canBeWrong(kind) && chance(5) ? wrong(kind, depth - 1) : argument(kind, depth - 1));
        }
        return text.append(chance(1) ? " 1" : "").toString();
    }

    private String wrong(char kind, int depth) {
        String argument = argument('A', depth);
        // For a map Go tells a null from a missing value: an engine that sees nil in both takes it for an empty map.
        return kind == 'D' && (argument.equals(".nothing") || argument.equals(".missing")) ? ".name" : argument;
    }

    private String argument(char kind, int depth) {
        if (kind == 'A') {
            return argument(pick(List.of('S', 'S', 'N', 'N', 'b', 'L', 'D', 'O')), depth);
        }
        if (depth > 0 && "SNbLD".indexOf(kind) >= 0 && chance(35)) {
            List<Signature> fitting = Signature.ALL.stream().filter(s -> s.result() == kind).toList();
            return "(" + call(pick(fitting), depth) + ")";
        }
        return pick(Pools.of(kind));
    }
}
