package dev.sidecarinjector.webhook.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of a URL's path (RFC 3986 section 2.1), where a plus sign is a plus sign. */
final class PercentEncoding {
    private PercentEncoding() {}

    static String decode(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
