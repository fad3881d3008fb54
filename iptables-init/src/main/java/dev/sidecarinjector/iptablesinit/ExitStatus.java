package dev.sidecarinjector.iptablesinit;

/** What the process tells its caller (spec section 1.5). */
enum ExitStatus {
    OK(0),
    /** A setting, the surroundings or the kernel refused; the log says which. */
    FAILED(1),
    /** The command {@code plan} found something to change. */
    CHANGES(2),
    /** The rules are there, but connections are not captured. */
    NOT_CAPTURED(126),
    /** The command line cannot be read. */
    USAGE(255);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
