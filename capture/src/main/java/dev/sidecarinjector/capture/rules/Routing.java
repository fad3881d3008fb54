package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import java.util.List;

/** Addresses and policy routing that the rules rely on. */
public record Routing(List<LoopbackAddress> addresses, List<MarkRule> rules, List<LocalRoute> routes) {
    /** An address of the interface {@code lo}. */
    public record LoopbackAddress(Cidr address, Why why) {
        /** What follows {@code ip addr add}. */
        public String words() {
            return address + " dev lo";
        }
    }

    /**
     * Packets with a mark are routed by a table of their own.
     *
     * @param priority fixed, so that a second run finds the rule; the one that the kernel gives to the first rule without one
     */
    public record MarkRule(Family family, long mark, long table, int priority, Why why) {
        /** Just before the main table. */
        public static final int PRIORITY = 32_765;

        /** What follows {@code ip rule add}. */
        public String words() {
            return "fwmark " + mark + " lookup " + table + " priority " + priority;
        }
    }

    /** In a table, every destination is this machine, by way of {@code lo}. */
    public record LocalRoute(Family family, long table, Why why) {
        /** {@code 0.0.0.0/0} or {@code ::/0}. */
        public String destination() {
            return family == Family.IPV4 ? "0.0.0.0/0" : "::/0";
        }

        /** What follows {@code ip route replace}. */
        public String words() {
            return "local " + destination() + " dev lo table " + table;
        }
    }
}
