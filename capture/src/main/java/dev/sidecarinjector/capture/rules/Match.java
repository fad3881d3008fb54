package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Cidr;
import java.util.List;

/** One condition of a rule. Ports, owners and interfaces are texts as the user gave them: ranges and names are allowed. */
public sealed interface Match {
    /** Which account. */
    enum Account {
        USER, GROUP
    }

    record OfProtocol(Protocol protocol) implements Match {}

    record FromInterface(String name) implements Match {}

    record ToInterface(String name) implements Match {}

    record Address(Direction direction, Cidr cidr, boolean negated) implements Match {}

    record InSet(Direction direction, CidrSet set) implements Match {}

    record Port(Direction direction, Protocol protocol, String port, boolean negated) implements Match {}

    /** None of these destination ports. */
    record OtherPorts(Protocol protocol, List<String> ports) implements Match {}

    /** The account with whose credentials the socket was opened. */
    record Owner(Account account, String id, boolean negated) implements Match {}

    /** None of these accounts; with an empty list, any. */
    record OtherOwners(Account account, List<String> ids) implements Match {}

    /** Connection tracking has not seen the beginning, or finds the packet impossible. */
    record Invalid() implements Match {}

    /** The packet belongs to a connection that is known already. */
    record KnownConnection() implements Match {}

    record PacketMark(String mark, boolean negated) implements Match {}

    record ConnectionMark(String mark) implements Match {}
}
