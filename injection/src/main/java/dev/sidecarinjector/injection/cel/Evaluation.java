package dev.sidecarinjector.injection.cel;

import dev.sidecarinjector.injection.cel.Value.Failed;
import dev.sidecarinjector.injection.cel.Value.Known;
import dev.sidecarinjector.injection.cel.Value.Unknown;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Evaluates an expression; what is beyond our part of the language is unknown, and spreads like CEL's own unknown values. */
final class Evaluation {
    private final Map<String, Variable> variables;

    Evaluation(Map<String, Variable> variables) {
        this.variables = variables;
    }

    Value of(Node node) {
        return switch (node) {
            case Node.Literal literal -> new Known(literal.value());
            case Node.Name name -> variable(name.name());
            case Node.ListOf list -> list(list);
            case Node.Select select -> member(select.operand(), select.field());
            case Node.Index index -> index(index);
            case Node.Call call -> call(call);
            case Node.Not not -> not(of(not.operand()));
            case Node.Binary binary -> binary(binary);
            case Node.Choice choice -> choice(choice);
            case Node.Beyond beyond -> Value.unknown(beyond.what() + " is not evaluated here");
        };
    }

    private Value variable(String name) {
        Variable variable = variables.get(name);
        return variable == null ? Value.unknown(name + " is not known here") : new Known(variable.value());
    }

    private Value list(Node.ListOf list) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Node element : list.elements()) {
            Value value = of(element);
            if (!(value instanceof Known known)) {
                return value;
            }
            all.add(known.node());
        }
        return new Known(all);
    }

    private Value index(Node.Index index) {
        Value key = of(index.key());
        if (!(key instanceof Known known)) {
            return key;
        }
        if (known.node().isString()) {
            return member(index.operand(), known.node().stringValue());
        }
        Value operand = of(index.operand());
        if (!(operand instanceof Known list)) {
            return operand;
        }
        if (!list.node().isArray() || !known.node().isIntegralNumber()) {
            return Value.unknown("this index is not evaluated here");
        }
        long place = known.node().longValue();
        return place >= 0 && place < list.node().size()
                ? new Known(list.node().get((int) place))
                : new Failed("index out of bounds: " + place);
    }

    private Value member(Node operand, String field) {
        Value parent = of(operand);
        if (!(parent instanceof Known known)) {
            return parent;
        }
        if (!known.node().isObject()) {
            return new Failed("no such key: " + field);
        }
        JsonNode found = known.node().get(field);
        // A null is what the API server drops.
        if (found != null && !found.isNull()) {
            return new Known(found);
        }
        return isComplete(operand, field)
                ? new Failed("no such key: " + field)
                : Value.unknown(field + " may be filled in by the API server");
    }

    /** Whether what is missing here is missing for the API server as well. */
    private boolean isComplete(Node operand, String missing) {
        StringBuilder path = new StringBuilder();
        Node node = operand;
        while (!(node instanceof Node.Name)) {
            String step = switch (node) {
                case Node.Select select -> select.field();
                case Node.Index index when of(index.key()) instanceof Known key -> key.node().asString("");
                default -> null;
            };
            if (step == null) {
                return false;
            }
            path.insert(0, path.isEmpty() ? step : step + ".");
            node = node instanceof Node.Select select ? select.operand() : ((Node.Index) node).operand();
        }
        Variable variable = variables.get(((Node.Name) node).name());
        return variable != null && variable.complete().at(path.toString(), missing);
    }

    private static Value not(Value operand) {
        if (!(operand instanceof Known known)) {
            return operand;
        }
        return known.node().isBoolean() ? Value.of(!known.node().booleanValue()) : new Failed("no such overload: !");
    }

    private Value binary(Node.Binary binary) {
        return switch (binary.operator()) {
            case "&&" -> junction(of(binary.left()), binary.right(), false);
            case "||" -> junction(of(binary.left()), binary.right(), true);
            case "==", "!=", "in" -> comparison(binary.operator(), of(binary.left()), of(binary.right()));
            default -> Value.unknown("the operator " + binary.operator() + " is not evaluated here");
        };
    }

    private static Value comparison(String operator, Value left, Value right) {
        if (left instanceof Known a && right instanceof Known b) {
            Value value = operator.equals("in") ? Operators.in(a.node(), b.node()) : Operators.equal(a.node(), b.node());
            return operator.equals("!=") ? not(value) : value;
        }
        return left instanceof Unknown || right instanceof Known ? left : right;
    }

    /** The side that decides does so whatever the other one is, also where that fails; otherwise unknown beats failed. */
    private Value junction(Value left, Node other, boolean decisive) {
        if (left.is(decisive)) {
            return left;
        }
        Value right = of(other);
        if (right.is(decisive)) {
            return right;
        }
        Value worst = left instanceof Unknown || (left instanceof Failed && !(right instanceof Unknown)) ? left : right;
        boolean typed = left.is(!decisive) || left instanceof Unknown || left instanceof Failed;
        return !typed ? new Failed("no such overload: " + (decisive ? "||" : "&&")) : worst;
    }

    private Value choice(Node.Choice choice) {
        Value condition = of(choice.condition());
        if (condition.is(true) || condition.is(false)) {
            return of(condition.is(true) ? choice.then() : choice.otherwise());
        }
        return condition instanceof Known ? new Failed("no such overload: ?:") : condition;
    }

    private Value call(Node.Call call) {
        @Nullable
        Node target = call.target();
        if (call.function().equals("has") && target == null && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Node.Select select) {
            return has(select);
        }
        if (call.function().equals("size")) {
            Node operand = target != null && call.arguments().isEmpty()
                    ? target
                    : target == null && call.arguments().size() == 1 ? call.arguments().getFirst() : null;
            if (operand != null) {
                return of(operand) instanceof Known known ? Operators.size(known.node()) : of(operand);
            }
        }
        if (target != null && call.arguments().size() == 1 && Operators.isTextTest(call.function())) {
            Value text = of(target);
            Value argument = of(call.arguments().getFirst());
            if (text instanceof Known a && argument instanceof Known b) {
                return Operators.textTest(call.function(), a.node(), b.node());
            }
            return text instanceof Unknown || argument instanceof Known ? text : argument;
        }
        return Value.unknown("the function " + call.function() + " is not evaluated here");
    }

    private Value has(Node.Select select) {
        Value parent = of(select.operand());
        if (!(parent instanceof Known known)) {
            return parent;
        }
        if (!known.node().isObject()) {
            return new Failed("no such key: " + select.field());
        }
        if (known.node().hasNonNull(select.field())) {
            return Value.of(true);
        }
        return isComplete(select.operand(), select.field())
                ? Value.of(false)
                : Value.unknown(select.field() + " may be filled in by the API server");
    }
}
