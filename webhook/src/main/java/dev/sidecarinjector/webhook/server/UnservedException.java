package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.observe.Unserved;
import jakarta.servlet.http.HttpServletResponse;

/** Ends a request without a decision about a pod: the HTTP status, what to count, and what the client is told. */
final class UnservedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int TOO_MANY_REQUESTS = 429;

    private final Unserved reason;
    private final int status;
    private final String message;

    private UnservedException(Unserved reason, int status, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.status = status;
        this.message = message;
    }

    static UnservedException badRequest(String message) {
        return new UnservedException(Unserved.BAD_REQUEST, HttpServletResponse.SC_BAD_REQUEST, message);
    }

    static UnservedException mediaType(String message) {
        return new UnservedException(Unserved.BAD_REQUEST, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, message);
    }

    static UnservedException clientUnknown(String message) {
        return new UnservedException(Unserved.CLIENT_UNKNOWN, HttpServletResponse.SC_FORBIDDEN, message);
    }

    static UnservedException slowBody(String message) {
        return new UnservedException(Unserved.SLOW_BODY, HttpServletResponse.SC_REQUEST_TIMEOUT, message);
    }

    /** 429 rather than 503, with which Tomcat closes the connection: the next try would pay for a handshake. */
    static UnservedException overloaded(String message) {
        return new UnservedException(Unserved.OVERLOADED, TOO_MANY_REQUESTS, message);
    }

    static UnservedException deadline(String message) {
        return new UnservedException(Unserved.DEADLINE, HttpServletResponse.SC_GATEWAY_TIMEOUT, message);
    }

    Unserved reason() {
        return reason;
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
