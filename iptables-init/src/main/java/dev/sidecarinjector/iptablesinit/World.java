package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.settings.Surroundings;
import dev.sidecarinjector.iptablesinit.system.Accounts;
import dev.sidecarinjector.iptablesinit.system.NamespaceAddresses;
import dev.sidecarinjector.iptablesinit.system.TextFiles;
import java.io.OutputStream;
import java.util.Map;

/**
 * What a command sees of the world besides its arguments.
 *
 * @param variables environment variables
 */
record World(Map<String, String> variables, OutputStream out, OutputStream err) {
    /** The network namespace, accounts and files of this process. */
    static Surroundings surroundings() {
        return new Surroundings(NamespaceAddresses.read(), Accounts::userId, TextFiles::read);
    }
}
