package dev.sidecarinjector.gotemplate;

/** A term of a command while it is parsed: what it does alone, and its form, which says what it does as the first of several. */
record Operand(At at, Form form, Expr alone) {
    enum Form {
        CONSTANT, NIL, DOT, VARIABLE, FIELDS, FUNCTION, GROUP
    }

    /** Whether it can stand behind a pipe. */
    boolean executable() {
        return switch (form) {
            case CONSTANT, NIL, DOT -> false;
            case VARIABLE, FIELDS, FUNCTION, GROUP -> true;
        };
    }

    /** The expression of a command that starts with this operand. */
    Expr command(At command, Arguments arguments) {
        if (arguments.count() == 0) {
            return form == Form.NIL ? new Failing(at, "nil is not a command") : alone;
        }
        return switch (alone) {
            case FunctionCall call when form == Form.FUNCTION -> new FunctionCall(command, call.name(), call.function(), arguments);
            case BuiltinCall call when form == Form.FUNCTION -> new BuiltinCall(command, call.builtin(), arguments);
            case ShortCircuit call when form == Form.FUNCTION -> new ShortCircuit(command, call.name(), call.stopOn(), arguments);
            case FieldChain chain when form == Form.FIELDS -> new MethodCall(chain, arguments);
            default -> new Failing(at, "can't give argument to non-function " + at.text());
        };
    }
}
