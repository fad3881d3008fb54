package dev.sidecarinjector.sidecarctl;

/** What the process tells its caller. */
enum ExitStatus {
    OK(0),
    /** An input, a configuration or the cluster is at fault; the message on stderr says which. */
    FAILED(1),
    /** What {@code diff} compares is not the same. */
    DIFFERENT(1),
    /** A case of {@code test} does not end as expected. */
    CASE_FAILED(1),
    /** The same as {@link #FAILED} for {@code diff} and {@code test}, where 1 has another meaning. */
    TROUBLE(2),
    /** A flag that does not exist or has no such value (EX_USAGE of sysexits.h). */
    USAGE(64),
    /** A fault of the program (EX_SOFTWARE). */
    INTERNAL(70),
    /** Whoever read the output has gone: what a shell reports for SIGPIPE. */
    BROKEN_PIPE(141);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
