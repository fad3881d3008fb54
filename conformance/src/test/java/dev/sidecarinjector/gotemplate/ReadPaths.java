package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a template may read below one field of its data, found in its parsed tree on every branch: it lives in this package to see the tree.
 * Followed are variables, arguments of templates and maps made with {@code dict}; what is read of other things is nobody's concern.
 */
public final class ReadPaths {
    private final String field;
    private final Map<String, Definition> templates;
    private final Set<String> read = new TreeSet<>();

    private ReadPaths(String field, Map<String, Definition> templates) {
        this.field = field;
        this.templates = templates;
    }

    /** Paths with dots, such as {@code global.hub}, below {@code .field} of the data. */
    public static Set<String> of(String name, String text, String field, Map<String, Function> functions) {
        ReadPaths walk = new ReadPaths(field, Template.parse(name, text, functions).definitions());
        walk.call(name, Set.of(new Data()));
        return walk.read;
    }

    /** What an expression may stand for. */
    private sealed interface Meaning {}

    /** All of the template's data. */
    private record Data() implements Meaning {}

    /** A place below the field. */
    private record Place(String path) implements Meaning {}

    /** A map made in the template. */
    private record Made(Map<String, Set<Meaning>> members) implements Meaning {}

    private static final class Variables {
        private final Map<Integer, Set<Meaning>> slots = new HashMap<>();

        void add(int slot, Set<Meaning> meanings) {
            slots.computeIfAbsent(slot, _ -> new LinkedHashSet<>()).addAll(meanings);
        }
    }

    private void call(String name, Set<Meaning> argument) {
        Variables variables = new Variables();
        variables.add(0, argument);
        // Twice, so that what a loop assigns is known at its beginning.
        for (int i = 0; i < 2; i++) {
            walk(templates.get(name).body(), variables, argument);
        }
    }

    private void walk(Node node, Variables variables, Set<Meaning> dot) {
        switch (node) {
            case Sequence sequence -> sequence.nodes().forEach(each -> walk(each, variables, dot));
            case Print print -> use(eval(print.value(), variables, dot));
            case Evaluate evaluate -> eval(evaluate.value(), variables, dot);
            case If condition -> {
                for (If.Branch branch : condition.branches()) {
                    use(eval(branch.condition(), variables, dot));
                    walk(branch.body(), variables, dot);
                }
                walk(condition.otherwise(), variables, dot);
            }
            case With with -> {
                for (If.Branch branch : with.branches()) {
                    Set<Meaning> value = eval(branch.condition(), variables, dot);
                    use(value);
                    walk(branch.body(), variables, value);
                }
                walk(with.otherwise(), variables, dot);
            }
            case Range range -> {
                use(eval(range.over(), variables, dot));
                walk(range.body(), variables, Set.of());
                walk(range.otherwise(), variables, dot);
            }
            case TemplateCall call -> call(call.name(), call.argument() == null ? Set.of() : eval(call.argument(), variables, dot));
            default -> {
                // text and jumps read nothing
            }
        }
    }

    private void use(Set<Meaning> meanings) {
        for (Meaning meaning : meanings) {
            if (meaning instanceof Place place && !place.path.isEmpty()) {
                read.add(place.path);
            }
        }
    }

    private Set<Meaning> eval(Expr expression, Variables variables, Set<Meaning> dot) {
        return switch (expression) {
            case Dot _ -> dot;
            case Variable variable -> variables.slots.getOrDefault(variable.slot(), Set.of());
            case Grouped grouped -> eval(grouped.inner(), variables, dot);
            case FieldChain chain -> fields(eval(chain.start(), variables, dot), chain.names());
            case Bind bind -> {
                Set<Meaning> value = eval(bind.value(), variables, dot);
                bind.slots().forEach(slot -> variables.add(slot, value));
                yield value;
            }
            case ShortCircuit choice -> {
                Set<Meaning> any = new HashSet<>();
                arguments(choice.arguments()).forEach(argument -> any.addAll(eval(argument, variables, dot)));
                use(any);
                yield any;
            }
            case FunctionCall call when call.name().equals("dict") -> Set.of(made(call.arguments(), variables, dot));
            case FunctionCall call -> used(call.arguments(), variables, dot);
            case BuiltinCall call -> used(call.arguments(), variables, dot);
            case MethodCall call -> used(call.arguments(), variables, dot);
            case Literal _,Failing _ -> Set.of();
        };
    }

    private Set<Meaning> used(Arguments arguments, Variables variables, Set<Meaning> dot) {
        arguments(arguments).forEach(argument -> use(eval(argument, variables, dot)));
        return Set.of();
    }

    private Made made(Arguments arguments, Variables variables, Set<Meaning> dot) {
        List<Expr> list = arguments(arguments);
        Map<String, Set<Meaning>> members = new HashMap<>();
        for (int i = 0; i + 1 < list.size(); i += 2) {
            if (list.get(i) instanceof Literal literal && literal.value() instanceof String name) {
                members.put(name, eval(list.get(i + 1), variables, dot));
            }
        }
        return new Made(members);
    }

    private static List<Expr> arguments(Arguments arguments) {
        Expr[] list = new Expr[arguments.count()];
        Arrays.setAll(list, arguments::get);
        return List.of(list);
    }

    private Set<Meaning> fields(Set<Meaning> from, List<String> names) {
        Set<Meaning> current = from;
        for (String name : names) {
            Set<Meaning> next = new LinkedHashSet<>();
            for (Meaning meaning : current) {
                switch (meaning) {
                    case Data _ when name.equals(field) -> next.add(new Place(""));
                    case Data _ -> {
                    }
                    case Place(String path) -> next.add(new Place(path.isEmpty() ? name : path + "." + name));
                    case Made(Map<String, Set<Meaning>> members) -> next.addAll(members.getOrDefault(name, Set.of()));
                }
            }
            current = next;
        }
        return current;
    }
}
