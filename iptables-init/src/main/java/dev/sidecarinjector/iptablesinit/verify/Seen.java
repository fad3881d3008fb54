package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import java.util.Locale;

/** What became of a connection or query that was made. */
sealed interface Seen {
    /** At which of our listeners. */
    enum Role {
        OUTBOUND("the proxy's outbound port"), INBOUND("the proxy's inbound port"), AGENT("the agent's port"), APPLICATION(
                "the application");

        private final String words;

        Role(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Role parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * It arrived at a listener of ours, which knew the word that nobody else knows.
     *
     * @param original where it was going, as the listener was told; empty where nothing was redirected
     * @param local    the listener's end
     * @param peer     the client's end, as the listener sees it
     * @param client   the client's end, as the client sees it
     */
    record Arrived(Role role, String original, String local, String peer, Endpoint client) implements Seen {
        @Override
        public String words() {
            return "arrived at " + role.words() + (original.isEmpty() || original.equals(local) ? "" : ", was going to " + original)
                    + (role == Role.APPLICATION || !original.equals(local) ? "" : ", addresses unchanged")
                    + (peer.equals(client.toString()) ? "" : ", from " + peer + " instead of " + client);
        }
    }

    /** It did not arrive at any of ours; another's answer, or none. */
    record Elsewhere(String words) implements Seen {}

    /** Nobody answered what nobody had asked for. */
    record Silence() implements Seen {
        @Override
        public String words() {
            return "no answer";
        }
    }

    /** It could not be tried, with the reason. */
    record Impossible(String words) implements Seen {}

    /** For people. */
    String words();
}
