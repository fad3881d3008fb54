package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.rules.Protocol;

/** A connection, or a query, to be made. */
public record Probe(Manner manner, Person person, Protocol protocol, IpAddress destination, int port) {
    /** How it is made. */
    public enum Manner {
        /** From within the pod, by somebody who does nothing special. */
        PLAIN,
        /** From the address from which the proxy hands connections to the application, {@code 127.0.0.6} or {@code ::6}. */
        FROM_SELF,
        /** From within the pod, with a foreign source address and the mark of TPROXY, as the proxy does it in a client's name. */
        AS_CLIENT,
        /** A query from the very port from which the application has just asked the same server. */
        AFTER_APPLICATION,
        /** A query that is answered by an agent of which only the group is the proxy's. */
        ANSWERED_BY_GROUP,
        /** By a neighbour of the pod; the person has no meaning. */
        FROM_OUTSIDE,
        /** No connection, but a packet that belongs to none, by a neighbour of the pod. */
        STRAY
    }

    public Family family() {
        return destination.family();
    }

    /** Whether it comes into the pod. */
    public boolean isInbound() {
        return manner == Manner.FROM_OUTSIDE || manner == Manner.STRAY;
    }

    static Probe tcp(Person person, IpAddress destination, int port) {
        return new Probe(Manner.PLAIN, person, Protocol.TCP, destination, port);
    }

    static Probe udp(Person person, IpAddress destination, int port) {
        return new Probe(Manner.PLAIN, person, Protocol.UDP, destination, port);
    }

    Probe with(Manner other) {
        return new Probe(other, person, protocol, destination, port);
    }

    /** {@code tcp 203.0.113.10:80}. */
    public String target() {
        return protocol.text() + " " + (family() == Family.IPV4 ? destination.toString() : "[" + destination + "]") + ":" + port;
    }
}
