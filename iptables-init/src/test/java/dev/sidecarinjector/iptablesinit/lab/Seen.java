package dev.sidecarinjector.iptablesinit.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a connection or a query. Addresses are texts with a port, {@code 10.10.0.2:8080} or {@code [fd00:10::2]:8080}; empty where unknown.
 *
 * @param who                 {@code APP}, {@code INBOUND}, {@code TPROXY-IN}, {@code OUTBOUND}, {@code AGENTDNS}, {@code REAL}, {@code REALDNS},
 *                            {@code REALUDP}, {@code VM}; or {@code REFUSED}, {@code TIMEOUT}, {@code RESET}, {@code UNREACHABLE}
 * @param originalDestination where the client wanted to go, as the kernel remembers it; empty where nothing was redirected
 * @param local               the server's end
 * @param peer                the client's end, as the server sees it
 * @param from                where a datagram came from, as the client sees it
 */
public record Seen(String who, String originalDestination, String local, String peer, String from) {
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    static Seen parse(String answer) {
        Map<String, String> members = new HashMap<>();
        for (Matcher matcher = MEMBER.matcher(answer); matcher.find();) {
            members.put(matcher.group(1), matcher.group(2));
        }
        return new Seen(members.getOrDefault("who", answer), members.getOrDefault("originalDestination", ""),
                members.getOrDefault("local", ""), members.getOrDefault("peer", ""), members.getOrDefault("from", ""));
    }
}
