package dev.sidecarinjector.sidecarctl.cases;

/** A case that cannot be read or run: the message begins with its file and line, and says what to do. */
public final class CaseProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CaseProblem(String place, String message) {
        super(place + ": " + message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
