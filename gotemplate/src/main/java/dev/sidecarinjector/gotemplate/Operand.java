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
        if (form == Form.FUNCTION) {
            return call(command, arguments);
        }
        if (form == Form.FIELDS) {
            return new MethodCall((FieldChain) alone, arguments);
        }
        return new Failing(at, "can't give argument to non-function " + at.text());
    }

    private Expr call(At command, Arguments arguments) {
        if (alone instanceof FunctionCall call) {
            return new FunctionCall(command, call.name(), call.function(), arguments);
        }
        if (alone instanceof BuiltinCall call) {
            return new BuiltinCall(command, call.builtin(), arguments);
        }
        ShortCircuit call = (ShortCircuit) alone;
        return new ShortCircuit(command, call.name(), call.stopOn(), arguments);
    }
}
