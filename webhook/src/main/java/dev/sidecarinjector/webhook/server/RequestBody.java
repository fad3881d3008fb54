package dev.sidecarinjector.webhook.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body into an array of its size. */
final class RequestBody {
    /** Bytes (spec section 14). */
    static final int LIMIT = 6 * 1024 * 1024;

    private RequestBody() {}

    /** The whole body, or null where it is longer than the limit. */
    static byte @Nullable [] read(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > LIMIT) {
            return null;
        }
        InputStream in = request.getInputStream();
        if (announced < 0) {
            byte[] body = in.readNBytes(LIMIT);
            return in.read() >= 0 ? null : body;
        }
        byte[] body = new byte[(int) announced];
        int length = in.readNBytes(body, 0, body.length);
        if (length < body.length) {
            throw new EOFException("the request ends after " + length + " of " + announced + " bytes");
        }
        return body;
    }
}
