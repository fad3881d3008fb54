package dev.sidecarinjector.iptablesinit.socket;

import java.io.IOException;

/** What the kernel answered instead of doing what it was asked. */
public final class SystemError extends IOException {
    private static final long serialVersionUID = 1;

    private final int number;
    private final String words;

    SystemError(String function, int number, String words) {
        super(function + ": " + words);
        this.number = number;
        this.words = words;
    }

    /** Nobody came in time. */
    public boolean isTimeout() {
        return number == Libc.EAGAIN || number == Libc.EINPROGRESS || number == Libc.ETIMEDOUT;
    }

    /** Nobody listens there, or whoever does has hung up. */
    public boolean isRefused() {
        return number == Libc.ECONNREFUSED || number == Libc.ECONNRESET;
    }

    /** No way leads there, as this machine or a router says. */
    public boolean isUnreachable() {
        return number == Libc.ENETUNREACH || number == Libc.EHOSTUNREACH;
    }

    /** Another program has the port. */
    public boolean isTaken() {
        return number == Libc.EADDRINUSE;
    }

    /** This process may not do it. */
    public boolean isForbidden() {
        return number == Libc.EPERM || number == Libc.EACCES;
    }

    /** The system's own words, such as "Connection refused". */
    public String words() {
        return words;
    }
}
