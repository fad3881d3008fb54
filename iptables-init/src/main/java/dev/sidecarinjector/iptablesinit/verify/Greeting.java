package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.verify.Seen.Arrived;
import dev.sidecarinjector.iptablesinit.verify.Seen.Elsewhere;
import dev.sidecarinjector.iptablesinit.verify.Seen.Role;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** What our listeners say to a client: a word that no other program can know, and what they know of the connection. */
record Greeting(String word) {
    static Greeting random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return new Greeting(HexFormat.of().formatHex(bytes));
    }

    byte[] write(Role role, String original, Endpoint local, Endpoint peer) {
        return (word + " " + role.name().toLowerCase(Locale.ROOT) + " " + (original.isEmpty() ? "-" : original) + " " + local + " " + peer)
                .getBytes(StandardCharsets.US_ASCII);
    }

    Seen read(byte[] received, Endpoint client) {
        String[] words = new String(received, StandardCharsets.US_ASCII).split(" ", -1);
        if (words.length != 5 || !words[0].equals(word)) {
            return new Elsewhere(received.length == 0 ? "connected to somebody who said nothing" : "answered by somebody else");
        }
        return new Arrived(Role.parse(words[1]), words[2].equals("-") ? "" : words[2], words[3], words[4], client);
    }
}
