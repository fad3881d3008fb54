package dev.sidecarinjector.capture.text;

import java.util.regex.Pattern;

/** Ranges of ports: each back-end has a spelling of its own, and either is accepted for both. */
final class Ports {
    private Ports() {}

    /** Most ports are none, and the first expression of a process takes a millisecond. */
    private static final class Shapes {
        static final Pattern RANGE = Pattern.compile("(\\s*\\d+)[:-](\\d+\\s*)");

        private Shapes() {}
    }

    static String iptables(String port) {
        return isRange(port) ? Shapes.RANGE.matcher(port).replaceFirst("$1:$2") : port;
    }

    static String nft(String port) {
        return isRange(port) ? Shapes.RANGE.matcher(port).replaceFirst("$1-$2") : port;
    }

    private static boolean isRange(String port) {
        return port.indexOf(':') >= 0 || port.indexOf('-') >= 0;
    }
}
