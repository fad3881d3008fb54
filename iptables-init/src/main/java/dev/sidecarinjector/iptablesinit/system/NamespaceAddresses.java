package dev.sidecarinjector.iptablesinit.system;

import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of this network namespace. Which one comes first among those of a family has no effect; that no family is overlooked has (spec section
 * 2.3).
 *
 * <p>The kernel's tables of local routes are read, which takes a tenth of the time of {@link NetworkInterface}. They leave out interfaces that are
 * down, so that only a namespace without any usable IPv4 address there is looked at in the thorough way.
 */
public final class NamespaceAddresses {
    private static final String ROUTES = "/proc/net/fib_trie";
    private static final String IPV6 = "/proc/net/if_inet6";

    private NamespaceAddresses() {}

    public static List<LocalAddress> read() {
        List<LocalAddress> addresses = ipv4(TextFiles.readOrEmpty(ROUTES));
        if (addresses.isEmpty()) {
            addresses = interfaces();
        }
        addresses.addAll(ipv6(TextFiles.readOrEmpty(IPV6)));
        return addresses;
    }

    /**
     * Addresses of the tables "Main" and "Local", which the kernel shows as one or two: a leaf {@code |-- 10.10.0.2} with a line {@code /32 host LOCAL}
     * under it. The loopback range is left out, so that the result is empty where nothing else is there.
     */
    static List<LocalAddress> ipv4(String trie) {
        List<LocalAddress> addresses = new ArrayList<>();
        Set<String> known = new HashSet<>();
        boolean ours = false;
        String leaf = "";
        int start = 0;
        while (start < trie.length()) {
            int newline = trie.indexOf('\n', start);
            int end = newline < 0 ? trie.length() : newline;
            String line = trie.substring(start, end);
            start = end + 1;
            int mark = line.indexOf("|-- ");
            if (mark >= 0) {
                leaf = line.substring(mark + 4).strip();
            } else if (!line.isEmpty() && line.charAt(0) != ' ') {
                ours = line.equals("Main:") || line.equals("Local:");
            } else if (ours && line.endsWith("/32 host LOCAL") && !leaf.startsWith("127.") && known.add(leaf)) {
                addresses.add(new LocalAddress(0, leaf));
            }
        }
        return addresses;
    }

    /** Lines of {@code fd000010000000000000000000000002 02 40 00 80 eth0}: address, index of the interface in hex, and what does not matter here. */
    static List<LocalAddress> ipv6(String table) {
        List<LocalAddress> addresses = new ArrayList<>();
        int start = 0;
        while (start < table.length()) {
            int newline = table.indexOf('\n', start);
            int end = newline < 0 ? table.length() : newline;
            String line = table.substring(start, end);
            start = end + 1;
            int blank = line.indexOf(' ', 33);
            if (blank < 0) {
                continue;
            }
            StringBuilder text = new StringBuilder(39);
            for (int group = 0; group < 32; group += 4) {
                text.append(group == 0 ? "" : ":").append(line, group, group + 4);
            }
            addresses.add(new LocalAddress(Integer.parseInt(line, 33, blank, 16), text.toString()));
        }
        return addresses;
    }

    private static List<LocalAddress> interfaces() {
        List<LocalAddress> found = new ArrayList<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces != null && interfaces.hasMoreElements()) {
                NetworkInterface each = interfaces.nextElement();
                Enumeration<InetAddress> addresses = each.getInetAddresses();
                while (addresses.hasMoreElements()) {
                    InetAddress address = addresses.nextElement();
                    if (address.getAddress().length == 4) {
                        found.add(new LocalAddress(each.getIndex(), address.getHostAddress()));
                    }
                }
            }
        } catch (SocketException _) {
            // As good as no interface: what is wrong then is said where no address is found.
        }
        return found;
    }
}
