package dev.sidecarinjector.capture.state;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a loaded rule is for, told by its shape alone: the settings that made it may be known to nobody any more. */
final class Intent {
    /**
     * A shape of rules.
     *
     * @param chain in the words of iptables
     * @param form  of iptables or of nft; groups become {@code $1} and so on of the words
     */
    private record Shape(String chain, Pattern form, String words) {
        Shape(String chain, String iptables, String nft, String words) {
            this(chain, Pattern.compile("(?:" + iptables + ")|(?:" + nft + ")"), words);
        }
    }

    private static final String ADDRESS = "(\\d[\\d.]*/\\d+|[0-9a-f:.]*:[0-9a-f:.]*/\\d+)";
    private static final List<Shape> SHAPES = List.of(
            new Shape("PREROUTING|OUTPUT", "-[io] (\\S+) -j RETURN", "[io]ifname (\\S+) counter return", "excluded interface $1"),
            new Shape("PREROUTING", "(?:-d \\S+ )?-i (\\S+) (?:-m set \\S+ \\S+ dst )?-j ISTIO_REDIRECT",
                    "iifname (\\S+) (?:ip6? daddr \\S+ )?counter jump istio-redirect", "captured from the virtual machine at $1"),
            new Shape("PREROUTING", ".*-j ISTIO_INBOUND", ".*jump istio-inbound", "inbound, looked at"),
            new Shape("PREROUTING", ".*-j ISTIO_DROP", ".*jump istio-drop", "packets out of any connection"),
            new Shape("PREROUTING", ".*-j CONNMARK --save-mark .*", ".*ct mark set mark", "proxy to the application, remembered"),
            new Shape("OUTPUT", ".*-j CONNMARK --restore-mark .*", ".*mark set ct mark", "application's answers, back to the proxy"),
            new Shape("OUTPUT", ".*-m mark --mark \\S+ -j RETURN", ".*mark \\d+ counter return", "marked already"),
            new Shape("OUTPUT", ".*--([ug])id-owner (\\S+) -j MARK .*", ".*sk([ug])id (\\S+) counter mark set \\d+",
                    "proxy ($1id $2) calling its own pod, marked"),
            new Shape("ISTIO_DIVERT", "-j (?:MARK .*|ACCEPT)", "counter (?:mark set \\d+|accept)",
                    "inbound connections that the proxy has"),
            new Shape("ISTIO_INBOUND", "-p tcp -m mark --mark \\S+ -j RETURN", "l4proto tcp mark \\d+ counter return",
                    "proxy to the application, with the client's address"),
            new Shape("ISTIO_INBOUND", "-s (\\S+) -i lo -p tcp -j RETURN", "iifname lo l4proto tcp ip6? saddr (\\S+) counter return",
                    "proxy to the application, from $1"),
            new Shape("ISTIO_INBOUND", "-i lo .*! --mark \\S+ -j RETURN", "iifname lo .*mark != \\d+ counter return",
                    "application to itself by lo"),
            new Shape("OUTPUT", "-j ISTIO_OUTPUT", "counter jump istio-output", "outbound, looked at"),
            new Shape("OUTPUT|ISTIO_OUTPUT", "-j ISTIO_OUTPUT_DNS", "counter jump istio-output-dns", "DNS, looked at"),
            new Shape("ISTIO_DROP", "-j DROP", "counter drop", "dropped"),
            new Shape("ISTIO_INBOUND", "-p tcp -m tcp --dport (\\S+) -j RETURN", "tcp dport (\\S+) counter return",
                    "excluded inbound port $1"),
            new Shape("ISTIO_INBOUND", "-p tcp -m tcp --dport (\\S+) -j ISTIO_(?:IN_REDIRECT|TPROXY)",
                    "tcp dport (\\S+) counter jump istio-(?:in-redirect|tproxy)", "captured inbound port $1"),
            new Shape("ISTIO_INBOUND", "-p tcp -j ISTIO_(?:IN_REDIRECT|TPROXY)", "l4proto tcp counter jump istio-(?:in-redirect|tproxy)",
                    "captured inbound, every other port"),
            new Shape("ISTIO_INBOUND", ".*-j ISTIO_DIVERT", ".*jump istio-divert", "inbound connections that the proxy has"),
            new Shape("ISTIO_REDIRECT", ".*-j REDIRECT --to-ports (\\d+)", ".*redirect to :(\\d+)", "captured outbound, to port $1"),
            new Shape("ISTIO_IN_REDIRECT", ".*-j REDIRECT --to-ports (\\d+)", ".*redirect to :(\\d+)", "captured inbound, to port $1"),
            new Shape("ISTIO_TPROXY", ".*-j TPROXY --on-port (\\d+) .*", ".*tproxy ip6? to :(\\d+) .*", "captured inbound, to port $1"),
            new Shape("ISTIO_OUTPUT", "-p (tcp|udp) -m \\w+ --dport (\\S+) -j RETURN", "(tcp|udp) dport (\\S+) counter return",
                    "excluded port $2 ($1)"),
            new Shape("ISTIO_OUTPUT", "-s (\\S+) -o lo -j RETURN", "oifname lo ip6? saddr (\\S+) counter return",
                    "proxy to the application, from $1"),
            new Shape("ISTIO_OUTPUT", ".*--([ug])id-owner (\\S+) -j ISTIO_IN_REDIRECT",
                    ".*sk([ug])id (\\S+) counter jump istio-in-redirect", "proxy ($1id $2) calling its own pod"),
            new Shape("ISTIO_OUTPUT", "-o lo .*! --[ug]id-owner \\S+ -j RETURN", "oifname lo .*sk[ug]id != \\S+ counter return",
                    "application to itself by lo"),
            new Shape("ISTIO_OUTPUT", "-m owner --uid-owner (\\S+) -j RETURN", "skuid (\\S+) counter return", "proxy (uid $1), left alone"),
            new Shape("ISTIO_OUTPUT", "-m owner --gid-owner (\\S+) -j RETURN", "skgid (\\S+) counter return", "group $1, left alone"),
            new Shape("ISTIO_OUTPUT", "(?:-m owner ! --gid-owner \\S+ )*-j RETURN", "(?:skgid != \\S+ )*counter return",
                    "excluded: groups that are not asked for"),
            new Shape("ISTIO_OUTPUT", "-d (127\\.\\S+|::1/128) -j RETURN", "ip6? daddr (127\\.\\S+|::1/128) counter return",
                    "application to itself at $1"),
            new Shape("ISTIO_OUTPUT", "-d " + ADDRESS + " -j RETURN", "ip6? daddr " + ADDRESS + " counter return",
                    "excluded destination $1"),
            new Shape("ISTIO_OUTPUT", "-m set --match-set (\\S+) dst -j RETURN", "ip6? daddr @(\\S+) counter return",
                    "excluded destinations of the set $1"),
            new Shape("ISTIO_OUTPUT", "-p tcp -m tcp --dport (\\S+) -j ISTIO_REDIRECT", "tcp dport (\\S+) counter jump istio-redirect",
                    "captured outbound port $1"),
            new Shape("ISTIO_OUTPUT", "-d " + ADDRESS + " -j ISTIO_REDIRECT", "ip6? daddr " + ADDRESS + " counter jump istio-redirect",
                    "captured destination $1"),
            new Shape("ISTIO_OUTPUT", "-m set --match-set (\\S+) dst -j ISTIO_REDIRECT", "ip6? daddr @(\\S+) counter jump istio-redirect",
                    "captured destinations of the set $1"),
            new Shape("ISTIO_OUTPUT", "-j ISTIO_REDIRECT", "counter jump istio-redirect", "captured outbound, every other destination"),
            new Shape("ISTIO_OUTPUT_DNS", "-d (\\S+) -p (tcp|udp) .*-j REDIRECT .*", "ip6? daddr (\\S+) (tcp|udp) .*redirect .*",
                    "captured DNS to $1 ($2)"),
            new Shape("ISTIO_OUTPUT_DNS", "-p (tcp|udp) .*-j REDIRECT .*", "(tcp|udp) dport .*redirect .*",
                    "captured DNS to any server ($1)"),
            new Shape("ISTIO_OUTPUT_DNS|ISTIO_INBOUND", ".*-j CT --zone (\\d+)", ".*ct zone set (\\d+)", "DNS, into zone $1"));

    private Intent() {}

    /** In a few words; the rule itself where it is none of the known shapes. */
    static String of(String table, String chain, String form) {
        String name = chain.replace('-', '_').toUpperCase(Locale.ROOT);
        for (Shape shape : SHAPES) {
            Matcher matcher = shape.form().matcher(form);
            if (name.matches(shape.chain()) && matcher.matches()) {
                return filled(shape.words(), matcher);
            }
        }
        return table + "/" + chain + " " + form;
    }

    /** The groups of the alternative that matched, in their order. */
    private static String filled(String words, Matcher matcher) {
        String text = words;
        int number = 0;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                number++;
                text = text.replace("$" + number, matcher.group(group));
            }
        }
        return text;
    }
}
