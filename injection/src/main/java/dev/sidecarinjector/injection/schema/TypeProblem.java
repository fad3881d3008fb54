package dev.sidecarinjector.injection.schema;

/** A value of the wrong type; the path grows from the inside out while the exception travels up. */
final class TypeProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final String what;

    TypeProblem(String what) {
        this("", what);
    }

    private TypeProblem(String path, String what) {
        super(null, null, false, false);
        this.path = path;
        this.what = what;
    }

    /** The same problem, seen from the parent. */
    TypeProblem under(String step) {
        return new TypeProblem(path.isEmpty() ? step : path.startsWith("[") ? step + path : step + "." + path, what);
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? what : path + ": " + what;
    }
}
