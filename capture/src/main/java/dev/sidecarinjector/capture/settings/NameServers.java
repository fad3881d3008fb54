package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** The servers of a resolv.conf (spec section 2.4). */
final class NameServers {
    static final String FILE = "/etc/resolv.conf";

    private NameServers() {}

    /** In order, with duplicates; words that are not addresses are dropped, addresses with a zone with a warning: no rule can hold one. */
    static List<IpAddress> of(String resolvConf, Findings findings) {
        List<IpAddress> servers = new ArrayList<>();
        for (String line : resolvConf.lines().toList()) {
            String[] words = line.strip().split("[ \t]+", -1);
            if (words.length < 2 || !words[0].equals("nameserver")) {
                continue;
            }
            IpAddress server = IpAddress.parse(words[1]);
            if (server != null) {
                servers.add(server);
            } else if (words[1].indexOf('%') > 0) {
                findings.warning("the name server " + words[1] + " has a zone, so that no rule can name it: queries to it are not captured",
                        FILE, "give --capture-all-dns, or a server without zone");
            }
        }
        return List.copyOf(servers);
    }
}
