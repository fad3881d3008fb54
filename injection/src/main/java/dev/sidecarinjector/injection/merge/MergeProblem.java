package dev.sidecarinjector.injection.merge;

/** What is wrong with a patch; the path grows from the inside out while the exception travels up. */
final class MergeProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final String what;

    MergeProblem(String what) {
        this("", what);
    }

    private MergeProblem(String path, String what) {
        super(null, null, false, false);
        this.path = path;
        this.what = what;
    }

    /** The same problem, seen from the parent. */
    MergeProblem under(String step) {
        return new MergeProblem(path.isEmpty() ? step : path.startsWith("[") ? step + path : step + "." + path, what);
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? what : path + ": " + what;
    }
}
