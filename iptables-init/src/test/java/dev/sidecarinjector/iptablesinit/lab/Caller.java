package dev.sidecarinjector.iptablesinit.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody in a place of the lab who connects; each method with an attribute gives another caller. */
public final class Caller {
    private final Lab lab;
    private final String role;
    private final Map<String, Object> attributes;

    Caller(Lab lab, String role, Map<String, Object> attributes) {
        this.lab = lab;
        this.role = role;
        this.attributes = attributes;
    }

    /** The user as whom the socket is opened. */
    public Caller uid(int uid) {
        return with("uid", uid);
    }

    /** The group as which the socket is opened. */
    public Caller gid(int gid) {
        return with("gid", gid);
    }

    /** The address to connect from. */
    public Caller source(String address) {
        return with("source", address);
    }

    public Caller sourcePort(int port) {
        return with("sourcePort", port);
    }

    /** May use a source address of somebody else (IP_TRANSPARENT). */
    public Caller transparent() {
        return with("transparent", true);
    }

    /** The mark of the socket's packets. */
    public Caller mark(int mark) {
        return with("mark", mark);
    }

    /** Waits this long for an answer; half a second if not said. */
    public Caller timeout(double seconds) {
        return with("timeout", seconds);
    }

    /** The connection stays open under a name, for {@link #again}. */
    public Caller keep(String name) {
        return with("keep", name);
    }

    public Seen tcp(String host, int port) {
        return with("host", host).with("port", port).ask();
    }

    public Seen udp(String host, int port) {
        return with("proto", "udp").tcp(host, port);
    }

    /** What a connection that was kept gives when it is used once more. */
    public Seen again(String name) {
        return with("again", name).ask();
    }

    private Caller with(String attribute, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Caller(lab, role, more);
    }

    private Seen ask() {
        return lab.ask(with("in", role).attributes.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": "
                        + (entry.getValue() instanceof String text ? "\"" + text + "\"" : entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}")));
    }
}
