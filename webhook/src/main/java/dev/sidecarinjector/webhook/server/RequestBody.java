package dev.sidecarinjector.webhook.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** Reads a request's body into an array of its size. */
final class RequestBody {
    /** Bytes (spec section 14). */
    static final int LIMIT = 6 * 1024 * 1024;
    /** For bodies that do not say how long they are. */
    private static final int FIRST = 16 * 1024;

    private RequestBody() {}

    /**
     * The whole body.
     *
     * @param due when the answer must be out, on the clock of {@link System#nanoTime}
     * @throws UnservedException where it is longer than the limit, ends early, or does not arrive in time
     */
    static byte[] read(HttpServletRequest request, long due) throws UnservedException {
        long announced = request.getContentLengthLong();
        if (announced > LIMIT) {
            throw tooLong();
        }
        try {
            return read(request.getInputStream(), announced, due);
        } catch (SocketTimeoutException _) {
            throw UnservedException.slowBody("the body did not arrive in time");
        } catch (IOException e) {
            throw UnservedException.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    private static byte[] read(InputStream in, long announced, long due) throws IOException, UnservedException {
        byte[] body = new byte[announced < 0 ? FIRST : (int) announced];
        int length = 0;
        while (true) {
            if (length == body.length) {
                if (announced >= 0 || in.read() < 0) {
                    return body;
                }
                throw tooLong();
            }
            int read = in.read(body, length, body.length - length);
            if (read < 0) {
                if (announced >= 0) {
                    throw UnservedException.badRequest("the body ends after " + length + " of " + announced + " bytes");
                }
                return Arrays.copyOf(body, length);
            }
            length += read;
            if (length == body.length && announced < 0 && length < LIMIT) {
                body = Arrays.copyOf(body, Math.min(LIMIT, 2 * length));
            }
            if (length != announced && System.nanoTime() - due > 0) {
                throw UnservedException.slowBody("the time for an answer was over after " + length + " bytes of the body");
            }
        }
    }

    private static UnservedException tooLong() {
        return UnservedException.badRequest("the body is longer than " + LIMIT + " bytes");
    }
}
