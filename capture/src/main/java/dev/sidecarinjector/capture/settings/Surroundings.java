package dev.sidecarinjector.capture.settings;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What settings need to know of the place that they are for.
 *
 * @param addresses of all interfaces of the network namespace, in any order
 * @param userId    looks an account's number up
 * @param files     reads a whole file of text; asked only for what the settings need
 */
public record Surroundings(List<LocalAddress> addresses, Function<String, OptionalLong> userId, Function<String, TextFile> files) {
    /**
     * An address of an interface.
     *
     * @param interfaceIndex the kernel's number of the interface
     * @param text           the address; a zone or a prefix length after it is ignored
     */
    public record LocalAddress(int interfaceIndex, String text) {}

    /** A file that was read, or could not be. */
    public sealed interface TextFile {
        record Content(String text) implements TextFile {}

        /** With the system's reason, for example "no such file or directory". */
        record Unreadable(String reason) implements TextFile {}
    }
}
