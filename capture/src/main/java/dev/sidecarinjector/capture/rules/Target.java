package dev.sidecarinjector.capture.rules;

/** What happens to a packet that matches. Ports and marks are texts as the user gave them. */
public sealed interface Target {
    /** Back to the calling chain; from a hook, on the packet's way. */
    record Return() implements Target {}

    record Accept() implements Target {}

    record Drop() implements Target {}

    record Jump(Chain chain) implements Target {}

    /** To a port of this machine; the connection remembers where it was going. */
    record Redirect(String port) implements Target {}

    /** To a listener of this machine, addresses unchanged. */
    record Tproxy(String port, String mark) implements Target {}

    record SetMark(String mark) implements Target {}

    /** The packet's mark becomes the connection's. */
    record SaveMark() implements Target {}

    /** The connection's mark becomes the packet's. */
    record RestoreMark() implements Target {}

    /** Connection tracking keeps the packet apart from those of other zones. */
    record Zone(int zone) implements Target {}
}
